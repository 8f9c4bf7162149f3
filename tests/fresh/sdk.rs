//! The commands of the SDKs: a method for each RPC that an agent's session may call, in each language, from the protos.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use generic_connector::command::catalogue::{Access, RPCS, Rpc};
use generic_connector::pb;
use prost_reflect::{DescriptorPool, Kind, MessageDescriptor};

/// One command.
struct Command {
    rpc: &'static Rpc,
    params: Vec<Param>,
}

/// A field of the request that every call gives.
struct Param {
    /// As in the proto.
    field: String,
    /// The enum's name without package; none for text.
    enumeration: Option<String>,
    /// The proto of the enum, without folder and ending.
    file: Option<String>,
}

/// The commands in the order of their services and names.
fn commands() -> Vec<Command> {
    let pool = DescriptorPool::decode(pb::DESCRIPTORS).unwrap();
    let of_session = |rpc: &&Rpc| match rpc.access {
        Access::Agent | Access::Supervisor => rpc.name != "Disconnect",
        _ => rpc.name == "GetCapabilities",
    };
    let command = |rpc: &'static Rpc| {
        let request = pool.get_message_by_name(&format!("gc.v1.{}Request", rpc.name)).unwrap();
        Command { rpc, params: params(&request) }
    };
    RPCS.iter().filter(|rpc| !rpc.streaming).filter(of_session).map(command).collect()
}

fn params(request: &MessageDescriptor) -> Vec<Param> {
    // One of `reason_id` and `reason_code` is given; the second is for those who look for it.
    let given = request.fields().filter(|field| {
        !field.supports_presence() && field.containing_oneof().is_none() && field.name() != "reason_code"
    });
    given
        .map(|field| {
            let field_name = field.name().to_owned();
            match field.kind() {
                Kind::String => Param { field: field_name, enumeration: None, file: None },
                Kind::Enum(of) => {
                    let file =
                        of.parent_file().name().trim_start_matches("gc/v1/").trim_end_matches(".proto").to_owned();
                    Param { field: field_name, enumeration: Some(of.name().to_owned()), file: Some(file) }
                }
                other => panic!("{}: no SDK has a parameter of {other:?}", field.full_name()),
            }
        })
        .collect()
}

impl Command {
    /// What it does: lines that begin with `prefix`, the first paragraph with `first`, the others with `next`.
    fn comment(&self, prefix: &str, first: &str, next: &str, escaped: fn(&str) -> String) -> String {
        let mut says = vec![format!("{first}{}", escaped(self.rpc.doc))];
        let supervisor = (self.rpc.access == Access::Supervisor).then_some("For supervisors.");
        let ucce = self.rpc.ucce_only.then_some("On UCCE only.");
        says.extend(supervisor.into_iter().chain(ucce).map(|more| format!("{next}{more}")));
        if !self.rpc.errors.is_empty() {
            says.push(format!("{next}Errors beside the common ones: {}.", self.rpc.errors.join(", ")));
        }
        let paragraphs: Vec<String> = says.iter().map(|text| lines(prefix, text)).collect();
        paragraphs.join(&format!("{}\n", prefix.trim_end()))
    }

    /// Something made of each parameter.
    fn list(&self, between: &str, made: impl Fn(&Param) -> String) -> String {
        self.params.iter().map(made).collect::<Vec<_>>().join(between)
    }

    fn filled(&self, template: &str, doc: &str, params: &str, fields: &str) -> String {
        let Rpc { name, service, .. } = self.rpc;
        let filled = template.replace("{doc}", doc).replace("{params}", params).replace("{fields}", fields);
        filled.replace("{name}", name).replace("{service}", service).replace("{lower}", &camel(name))
    }
}

/// `dialog_id` as `DialogId`.
fn pascal(field: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    field.split('_').map(word).collect()
}

/// `dialog_id` as `dialogId`.
fn camel(field: &str) -> String {
    let pascal = pascal(field);
    pascal[..1].to_lowercase() + &pascal[1..]
}

/// The text as it goes on after a name.
fn sentence(text: &str) -> String {
    text[..1].to_lowercase() + &text[1..]
}

/// `<` and `&` as HTML, and what stands in backquotes as code.
fn javadoc(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let part = |(at, part): (usize, &str)| match at % 2 {
        0 => part.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
        _ => format!("{{@code {part}}}"),
    };
    parts.map(part).collect()
}

/// Lines of at most 100 characters.
fn lines(prefix: &str, text: &str) -> String {
    let mut out = String::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && prefix.len() + line.len() + 1 + word.len() > 100 {
            writeln!(out, "{prefix}{line}").unwrap();
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    writeln!(out, "{prefix}{line}").unwrap();
    out
}

/// `clients/go/gc/commands.gen.go`.
pub fn go() -> String {
    let go_name = |field: &str| match camel(field).strip_suffix("Id") {
        Some(stem) => format!("{stem}ID"),
        None => camel(field),
    };
    let mut out = String::from(GO);
    for command in commands() {
        let kind =
            |param: &Param| param.enumeration.as_ref().map_or("string".to_owned(), |name| format!("gcv1.{name}"));
        let doc = command.comment("// ", &format!("{} ", command.rpc.name), "", sentence);
        out += &command.filled(
            &GO_METHOD.replace("{options}", if command.rpc.changing { "&request.Options" } else { "nil" }),
            &doc,
            &command.list("", |param| format!("{} {}, ", go_name(&param.field), kind(param))),
            &command.list(", ", |param| format!("{}: {}", pascal(&param.field), go_name(&param.field))),
        );
    }
    out
}

const GO: &str = r#"// Code generated from the protos by `make sdk`. DO NOT EDIT.

package gc

import (
	"context"

	gcv1 "github.com/generic-connector/generic-connector/clients/go/gc/v1"
)
"#;

const GO_METHOD: &str = r#"
{doc}func (s *AgentSession) {name}(ctx context.Context, {params}opts ...CommandOption) (*gcv1.{name}Response, error) {
	request := &gcv1.{name}Request{{fields}}
	return invoke(ctx, s, gcv1.{service}_{name}_FullMethodName, request, {options}, new(gcv1.{name}Response), opts)
}
"#;

/// `AgentCommands.java`.
pub fn java() -> String {
    let commands = commands();
    let mut imports = BTreeSet::new();
    for command in &commands {
        imports.insert(format!("{}Grpc", command.rpc.service));
        imports.extend(["Request", "Response"].map(|part| format!("{}{part}", command.rpc.name)));
        imports.extend(command.params.iter().filter_map(|param| param.enumeration.clone()));
    }
    let import = |name: &String| format!("import io.github.genericconnector.v1.{name};\n");
    let mut out = JAVA.replace("{imports}", &imports.iter().map(import).collect::<String>());
    for command in &commands {
        let kind = |param: &Param| param.enumeration.clone().unwrap_or_else(|| "String".to_owned());
        let params = command.list(", ", |param| format!("{} {}", kind(param), camel(&param.field)));
        let fill = command.list("", |param| format!(".set{}({})", pascal(&param.field), camel(&param.field)));
        let doc = command.comment("   * ", "", "<p>", javadoc);
        let tag =
            |param: &Param| format!("   * @param {} see {{@code {}Request}}\n", camel(&param.field), command.rpc.name);
        let method = JAVA_METHOD
            .replace("{tags}", &command.list("", tag))
            .replace("{args}", &command.list(", ", |param| camel(&param.field)));
        out += &command.filled(&method, &doc, &params, &fill);
    }
    out + "}\n"
}

const JAVA: &str = r#"// Generated from the protos by `make sdk`. Do not edit.

package io.github.genericconnector;

import com.google.protobuf.Message;
{imports}import io.grpc.MethodDescriptor;
import java.util.concurrent.CompletableFuture;

/** The commands of an agent: each RPC blocking and asynchronous, by its request or by the request's fields. */
public abstract class AgentCommands {
  AgentCommands() {}

  abstract <Q extends Message, R extends Message> CompletableFuture<R> invoke(
      MethodDescriptor<Q, R> method, Q request);
"#;

const JAVA_METHOD: &str = r#"
  /**
{doc}   *
   * @param request see {@code {name}Request}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<{name}Response> {lower}Async({name}Request request) {
    return invoke({service}Grpc.get{name}Method(), request);
  }

  /**
{doc}   *
   * @param request see {@code {name}Request}
   * @return the reply
   */
  public {name}Response {lower}({name}Request request) {
    return Futures.await({lower}Async(request));
  }

  /**
{doc}   *
{tags}   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<{name}Response> {lower}Async({params}) {
    return {lower}Async({name}Request.newBuilder(){fields}.build());
  }

  /**
{doc}   *
{tags}   * @return the reply
   */
  public {name}Response {lower}({params}) {
    return Futures.await({lower}Async({args}));
  }
"#;

/// `clients/typescript/src/gen/commands.ts`.
pub fn typescript() -> String {
    let commands = commands();
    let mut files: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for command in &commands {
        let file = command.rpc.service.trim_end_matches("Service").to_lowercase();
        let names = files.entry(file).or_default();
        names.insert(command.rpc.service.to_owned());
        names.extend([format!("type {}RequestSchema", command.rpc.name), format!("type {}Response", command.rpc.name)]);
    }
    for (name, file) in commands
        .iter()
        .flat_map(|command| &command.params)
        .filter_map(|param| param.enumeration.clone().zip(param.file.clone()))
    {
        files.entry(file).or_default().insert(format!("type {name}"));
    }
    let import = |(file, names): (&String, &BTreeSet<String>)| {
        let names: String = names.iter().map(|name| format!("  {name},\n")).collect();
        format!("import {{\n{names}}} from \"./gc/v1/{file}_pb.js\";\n")
    };
    let mut out = TYPESCRIPT.replace("{imports}", &files.iter().map(import).collect::<String>());
    for command in &commands {
        let kind = |param: &Param| param.enumeration.clone().unwrap_or_else(|| "string".to_owned());
        let doc = command.comment("   * ", "", "", str::to_owned);
        out += &command.filled(
            TYPESCRIPT_METHOD,
            &doc,
            &command.list("", |param| format!("{}: {}, ", camel(&param.field), kind(param))),
            &command.list("", |param| format!(", {}", camel(&param.field))),
        );
    }
    out + "}\n"
}

const TYPESCRIPT: &str = r#"// Generated from the protos by `make sdk`. Do not edit.

import type { DescMessage, DescMethodUnary, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import type { CallOptions } from "../options.js";
{imports}
/** The commands of an agent: a method for each RPC. */
export abstract class AgentCommands {
  protected abstract invoke<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    options?: CallOptions<I>,
  ): Promise<MessageShape<O>>;
"#;

const TYPESCRIPT_METHOD: &str = r#"
  /**
{doc}   */
  {lower}({params}options?: CallOptions<typeof {name}RequestSchema>): Promise<{name}Response> {
    return this.invoke({service}.method.{lower}, { ...options?.request{fields} }, options);
  }
"#;
