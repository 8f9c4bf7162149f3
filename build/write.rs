//! Writes the catalogue as Rust.

use std::collections::BTreeSet;
use std::fmt::{self, Write};

use super::read::{Catalogue, Param, ParamKind, Reason, Rpc, Verb};

/// `catalogue.rs`, included in `src/command/catalogue.rs`: `Command`, its conversions and the tables.
pub fn catalogue(catalogue: &Catalogue) -> String {
    let mut out = String::new();
    // Writing into a String does not fail.
    let _ = tables(&mut out, catalogue)
        .and_then(|()| commands(&mut out, catalogue))
        .and_then(|()| parser(&mut out, catalogue));
    out
}

/// `services.rs`, included in `src/grpc/services.rs`: every command's RPC, called by itself and as a command of Attach.
pub fn services(catalogue: &Catalogue) -> String {
    let mut out = String::new();
    let _ = command_services(&mut out, catalogue).and_then(|()| attach_commands(&mut out, catalogue));
    out
}

/// `redact.rs`, included in `src/pb.rs`: `Debug` of the messages that hold a secret.
pub fn redact(catalogue: &Catalogue) -> String {
    let mut out = String::new();
    for message in &catalogue.secrets {
        let name = &message.name;
        out += &format!("impl std::fmt::Debug for {name} {{\n");
        out += "    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {\n";
        out += &format!("        f.debug_struct(\"{name}\")\n");
        for field in &message.fields {
            let ident = ident(&field.name);
            let value = match (field.secret, field.optional) {
                (true, true) => format!("self.{ident}.as_ref().map(|_| format_args!(\"[redacted]\"))"),
                (true, false) => "format_args!(\"[redacted]\")".to_owned(),
                (false, _) if field.enumeration => format!("self.{ident}()"),
                (false, _) => format!("self.{ident}"),
            };
            out += &format!("            .field(\"{}\", &{value})\n", field.name);
        }
        out += "            .finish()\n    }\n}\n\n";
    }
    out
}

fn tables(out: &mut String, catalogue: &Catalogue) -> fmt::Result {
    writeln!(out, "/// Every RPC, ordered by path.\npub static RPCS: &[Rpc] = &[")?;
    for rpc in &catalogue.rpcs {
        let Rpc { path, service, name, doc, ucce_only, streaming, changing, .. } = rpc;
        writeln!(out, "    Rpc {{ path: {path:?}, service: {service:?}, name: {name:?}, doc: {doc:?},")?;
        writeln!(out, "        access: Access::{}, ucce_only: {ucce_only},", camel(&rpc.access))?;
        writeln!(
            out,
            "        streaming: {streaming}, changing: {changing}, reply: &{:?}, events: &{:?},",
            rpc.reply, rpc.events
        )?;
        writeln!(out, "        errors: &{:?} }},", rpc.errors)?;
    }
    writeln!(out, "];\n\n/// Every verb of the old text protocol.\npub static VERBS: &[Verb] = &[")?;
    for (index, rpc, verb) in verbs(catalogue) {
        let Verb { name, aliases, category, lines, undocumented, .. } = verb;
        let id = if verb.destination { "Destination" } else { "Agent" };
        writeln!(out, "    // {}", rpc.path)?;
        writeln!(out, "    Verb {{ name: {name:?}, aliases: &{aliases:?}, category: {category:?}, id: IdKind::{id},")?;
        writeln!(out, "        lines: &{lines:?}, undocumented: {undocumented}, rpc: &RPCS[{index}], params: &[")?;
        for Param { field, optional, greedy, .. } in &verb.params {
            writeln!(out, "            Param {{ field: {field:?}, optional: {optional}, greedy: {greedy} }},")?;
        }
        writeln!(out, "        ] }},")?;
    }
    writeln!(out, "];\n\n/// Every error reason, ordered by number.\npub static REASONS: &[ReasonRow] = &[")?;
    for reason in &catalogue.reasons {
        let Reason { name, number, meaning, example, code, retry, advice } = reason;
        writeln!(out, "    ReasonRow {{ name: {name:?}, number: {number}, code: {code:?},")?;
        writeln!(out, "        retry: Retry::{}, meaning: {meaning:?},", camel(retry))?;
        writeln!(out, "        example: {example:?}, advice: {advice:?} }},")?;
    }
    writeln!(out, "];\n")
}

fn commands(out: &mut String, catalogue: &Catalogue) -> fmt::Result {
    writeln!(
        out,
        "/// A command with its checked fields: one variant per unary RPC but those of BridgeService.\n#[derive(Clone, Debug, PartialEq, Hash)]"
    )?;
    writeln!(out, "pub enum Command {{")?;
    for (_, rpc) in command_rpcs(catalogue) {
        let (area, name, doc) = (&rpc.area, &rpc.name, rpc.doc.split(". ").next().unwrap_or_default());
        writeln!(out, "    /// {}.\n    {name}(super::{area}::{name}),", doc.trim_end_matches('.'))?;
    }
    writeln!(out, "}}\n\nimpl Command {{\n    /// The RPC that carries it.\n    pub fn rpc(&self) -> &'static Rpc {{")?;
    writeln!(out, "        match self {{")?;
    for (index, rpc) in command_rpcs(catalogue) {
        writeln!(out, "            Self::{}(_) => &RPCS[{index}],", rpc.name)?;
    }
    writeln!(out, "        }}\n    }}\n}}\n")?;
    for (_, rpc) in command_rpcs(catalogue) {
        let (area, name) = (&rpc.area, &rpc.name);
        let (mutable, options) = if rpc.changing {
            ("mut ", "Options::try_from(request.options.take().unwrap_or_default())?")
        } else {
            ("", "Options::default()")
        };
        writeln!(out, "impl TryFrom<pb::{name}Request> for Request {{\n    type Error = Error;\n")?;
        writeln!(out, "    fn try_from({mutable}request: pb::{name}Request) -> Result<Self, Error> {{")?;
        writeln!(out, "        let options = {options};")?;
        writeln!(out, "        let command = Command::{name}(super::{area}::{name}::try_from(request)?);")?;
        writeln!(out, "        Ok(Self {{ command, options }})\n    }}\n}}\n")?;
    }
    Ok(())
}

fn parser(out: &mut String, catalogue: &Catalogue) -> fmt::Result {
    writeln!(out, "/// Fills the request of the verb at an index of [`VERBS`] from texts, and checks it.")?;
    writeln!(out, "#[allow(clippy::field_reassign_with_default)]\nfn build<'a>(")?;
    writeln!(out, "    verb: usize,\n    id: &str,\n    mut params: impl Iterator<Item = &'a str>,")?;
    writeln!(out, ") -> Result<Command, Error> {{\n    let request = match verb {{")?;
    for (position, (_, rpc, verb)) in verbs(catalogue).enumerate() {
        let mutable = if verb.id_field.is_some() || !verb.params.is_empty() { "mut " } else { "" };
        writeln!(out, "        {position} => {{")?;
        writeln!(out, "            let {mutable}request = pb::{}Request::default();", rpc.name)?;
        if let Some(field) = &verb.id_field {
            writeln!(out, "            request.{} = id.to_owned();", ident(field))?;
        }
        for param in &verb.params {
            writeln!(out, "            if let Some(text) = params.next() {{")?;
            writeln!(out, "                request.{} = {};", ident(&param.field), value(param))?;
            writeln!(out, "            }}")?;
        }
        writeln!(out, "            Request::try_from(request)\n        }}")?;
    }
    writeln!(out, "        _ => Err(Error::new(Reason::NotImplemented, \"unknown verb\")),")?;
    writeln!(out, "    }};\n    request.map(|request| request.command)\n}}")
}

fn command_services(out: &mut String, catalogue: &Catalogue) -> fmt::Result {
    let names: BTreeSet<&str> = command_rpcs(catalogue).map(|(_, rpc)| rpc.service.as_str()).collect();
    for service in names {
        writeln!(out, "#[tonic::async_trait]")?;
        writeln!(out, "impl pb::{}_server::{service} for Door {{", snake(service))?;
        for (_, rpc) in command_rpcs(catalogue).filter(|(_, rpc)| rpc.service == service) {
            let name = &rpc.name;
            writeln!(out, "    async fn {}(", snake(name))?;
            writeln!(out, "        &self,\n        request: Request<pb::{name}Request>,")?;
            writeln!(out, "    ) -> Result<Response<pb::{name}Response>, Status> {{")?;
            // Connect is the one that opens a session, and so belongs to none.
            let serve = if name == "Connect" { "open" } else { "serve" };
            writeln!(out, "        self.{serve}(request).await\n    }}\n")?;
        }
        writeln!(out, "}}\n")?;
    }
    Ok(())
}

fn attach_commands(out: &mut String, catalogue: &Catalogue) -> fmt::Result {
    writeln!(out, "/// A command of Attach, checked, and what makes its result of the outcome.")?;
    writeln!(
        out,
        "pub fn attached(request: attach_command::Request) -> Result<(command::Request, ToResult), Error> {{"
    )?;
    writeln!(out, "    match request {{")?;
    for (_, rpc) in command_rpcs(catalogue).filter(|(_, rpc)| rpc.name != "Connect") {
        let name = &rpc.name;
        writeln!(
            out,
            "        attach_command::Request::{name}(request) => Ok((request.try_into()?, |door, outcome| {{"
        )?;
        writeln!(out, "            Respond::respond(door, outcome).map(attach_result::Reply::{name})\n        }})),")?;
    }
    writeln!(out, "    }}\n}}")
}

fn value(param: &Param) -> String {
    match &param.kind {
        ParamKind::Text { optional: false } => "text.to_owned()".into(),
        ParamKind::Text { optional: true } => "Some(text.to_owned())".into(),
        ParamKind::Bool { optional: false } => format!("flag({:?}, text)?", param.field),
        ParamKind::Bool { optional: true } => format!("Some(flag({:?}, text)?)", param.field),
        ParamKind::Words { words } => format!("word({:?}, text, &{words:?})?", param.field),
    }
}

fn command_rpcs(catalogue: &Catalogue) -> impl Iterator<Item = (usize, &Rpc)> {
    catalogue.rpcs.iter().enumerate().filter(|(_, rpc)| rpc.is_command())
}

fn verbs(catalogue: &Catalogue) -> impl Iterator<Item = (usize, &Rpc, &Verb)> {
    command_rpcs(catalogue).filter_map(|(index, rpc)| Some((index, rpc, rpc.verb.as_ref()?)))
}

/// `NO_CHANGE` as `NoChange`.
fn camel(name: &str) -> String {
    name.split('_')
        .flat_map(|word| {
            let (head, tail) = word.split_at(1.min(word.len()));
            [head.to_owned(), tail.to_lowercase()]
        })
        .collect()
}

/// `HoldCall` as `hold_call`.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

/// A field's name in Rust.
fn ident(name: &str) -> String {
    if matches!(name, "type" | "match" | "ref" | "move" | "use" | "in") { format!("r#{name}") } else { name.to_owned() }
}
