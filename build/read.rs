//! Reads the catalogue from the options of the protos, and refuses one that contradicts itself.

use std::collections::{HashMap, HashSet};

use prost_reflect::{
    Cardinality, DescriptorPool, DynamicMessage, EnumDescriptor, ExtensionDescriptor, FieldDescriptor, FileDescriptor,
    Kind, MessageDescriptor, MethodDescriptor, ReflectMessage, Value,
};

/// All that the protos say beside the messages themselves.
pub struct Catalogue {
    /// Every RPC, by path.
    pub rpcs: Vec<Rpc>,
    /// Messages with a secret field.
    pub secrets: Vec<Secret>,
    /// The error reasons, by number.
    pub reasons: Vec<Reason>,
}

/// An RPC, and what its options say.
pub struct Rpc {
    pub path: String,
    /// `AgentService`.
    pub service: String,
    /// `agent`: the module of its field struct.
    pub area: String,
    pub name: String,
    pub doc: String,
    pub access: String,
    pub ucce_only: bool,
    pub streaming: bool,
    /// Whether the request carries CommandOptions.
    pub changing: bool,
    pub reply: Vec<String>,
    pub events: Vec<String>,
    pub errors: Vec<String>,
    pub verb: Option<Verb>,
}

impl Rpc {
    /// Whether it is a command: unary, and not about the legacy door itself, which belongs to no session.
    pub fn is_command(&self) -> bool {
        !self.streaming && self.service != "BridgeService"
    }
}

/// A verb of the old text protocol.
pub struct Verb {
    pub name: String,
    pub aliases: Vec<String>,
    pub category: String,
    pub destination: bool,
    pub id_field: Option<String>,
    pub params: Vec<Param>,
    pub lines: Vec<String>,
    pub undocumented: bool,
}

/// A parameter of a verb's body.
pub struct Param {
    pub field: String,
    pub optional: bool,
    pub greedy: bool,
    pub kind: ParamKind,
}

/// How a parameter's text becomes the field's value.
pub enum ParamKind {
    Text {
        optional: bool,
    },
    Bool {
        optional: bool,
    },
    /// Which text stands for which number of an enum.
    Words {
        words: Vec<(String, i32)>,
    },
}

/// A message that holds a secret.
pub struct Secret {
    pub name: String,
    pub fields: Vec<SecretField>,
}

/// A field of such a message.
pub struct SecretField {
    pub name: String,
    pub secret: bool,
    pub optional: bool,
    pub enumeration: bool,
}

/// A value of ErrorReason.
pub struct Reason {
    pub name: String,
    pub number: i32,
    pub meaning: String,
    pub example: String,
    pub code: String,
    pub retry: String,
    pub advice: String,
}

type Result<T> = std::result::Result<T, String>;

/// Reads it all.
pub fn catalogue(pool: &DescriptorPool) -> Result<Catalogue> {
    let options = Options::new(pool)?;
    let reasons = reasons(&options, &enumeration(pool, "gc.v1.ErrorReason")?)?;
    let events = payloads(pool)?;
    let mut rpcs = Vec::new();
    for service in pool.services().filter(|service| service.package_name() == "gc.v1") {
        for method in service.methods() {
            let rpc = rpc(&options, &method).map_err(|why| format!("{}: {why}", method.full_name()))?;
            if let Some(event) = rpc.events.iter().find(|event| !events.contains(*event)) {
                return Err(format!("{}: Event has no payload `{event}`", method.full_name()));
            }
            if let Some(error) = rpc.errors.iter().find(|error| !reasons.iter().any(|reason| reason.name == **error)) {
                return Err(format!("{}: ErrorReason has no value `{error}`", method.full_name()));
            }
            rpcs.push(rpc);
        }
    }
    rpcs.sort_by(|a, b| a.path.cmp(&b.path));
    unique_verbs(&rpcs)?;
    attach_is_complete(pool, &rpcs)?;
    Ok(Catalogue { rpcs, secrets: secrets(&options, pool), reasons })
}

/// The extensions of options.proto.
struct Options {
    legacy: ExtensionDescriptor,
    access: ExtensionDescriptor,
    ucce_only: ExtensionDescriptor,
    outcome: ExtensionDescriptor,
    secret: ExtensionDescriptor,
    error: ExtensionDescriptor,
}

impl Options {
    fn new(pool: &DescriptorPool) -> Result<Self> {
        let find = |name: &str| {
            pool.get_extension_by_name(&format!("gc.v1.{name}")).ok_or(format!("options.proto has no option `{name}`"))
        };
        Ok(Self {
            legacy: find("legacy")?,
            access: find("access")?,
            ucce_only: find("ucce_only")?,
            outcome: find("outcome")?,
            secret: find("secret")?,
            error: find("error")?,
        })
    }
}

fn rpc(options: &Options, method: &MethodDescriptor) -> Result<Rpc> {
    let set = method.options();
    let access = enum_name(&set.get_extension(&options.access), &options.access.kind(), "ACCESS_")?;
    if access == "UNSPECIFIED" {
        return Err("has no option `access`".into());
    }
    let service = method.parent_service().name().to_owned();
    let area = service.strip_suffix("Service").ok_or("its service is not named …Service")?.to_lowercase();
    let outcome = message(&set, &options.outcome);
    let verb = match message(&set, &options.legacy) {
        Some(legacy) => Some(verb(&legacy, &method.input())?),
        None => None,
    };
    Ok(Rpc {
        path: format!("/{}/{}", method.parent_service().full_name(), method.name()),
        area,
        service,
        name: method.name().to_owned(),
        doc: comment(&method.parent_file(), method.path()),
        access,
        ucce_only: set.get_extension(&options.ucce_only).as_bool().unwrap_or(false),
        streaming: method.is_client_streaming() || method.is_server_streaming(),
        changing: method.input().get_field_by_name("options").is_some_and(|field| {
            field.kind().as_message().is_some_and(|message| message.full_name() == "gc.v1.CommandOptions")
        }),
        reply: method.output().fields().map(|field| field.name().to_owned()).collect(),
        events: outcome.as_ref().map(|outcome| texts(outcome, "events")).unwrap_or_default(),
        errors: outcome.as_ref().map(|outcome| texts(outcome, "errors")).unwrap_or_default(),
        verb,
    })
}

fn verb(legacy: &DynamicMessage, request: &MessageDescriptor) -> Result<Verb> {
    let id = enum_name(&field(legacy, "id"), &kind_of(legacy, "id")?, "LEGACY_ID_")?;
    if id == "UNSPECIFIED" {
        return Err("its verb does not say what its id is".into());
    }
    let id_field = text(legacy, "id_field");
    if !id_field.is_empty() && !matches!(request_field(request, &id_field)?.kind(), Kind::String) {
        return Err(format!("field `{id_field}` takes the id and is no string"));
    }
    let params = field(legacy, "params");
    let params = params.as_list().unwrap_or_default().iter().filter_map(Value::as_message);
    let params = params.map(|param| self::param(param, request)).collect::<Result<Vec<_>>>()?;
    if params.iter().filter(|param| param.greedy).count() > 1 {
        return Err("more than one parameter is greedy".into());
    }
    let any_optional = params.iter().any(|param| param.optional);
    if any_optional && params.iter().any(|param| param.greedy) {
        return Err("a greedy parameter stands beside an optional one".into());
    }
    if params.windows(2).any(|pair| matches!(pair, [a, b] if a.optional && !b.optional)) {
        return Err("an optional parameter stands before one that is not".into());
    }
    let name = text(legacy, "verb");
    if name.is_empty() {
        return Err("its verb has no name".into());
    }
    Ok(Verb {
        name,
        aliases: texts(legacy, "aliases"),
        category: text(legacy, "category"),
        destination: id == "DESTINATION",
        id_field: Some(id_field).filter(|field| !field.is_empty()),
        params,
        lines: texts(legacy, "lines"),
        undocumented: field(legacy, "undocumented").as_bool().unwrap_or(false),
    })
}

fn param(param: &DynamicMessage, request: &MessageDescriptor) -> Result<Param> {
    let name = text(param, "field");
    let target = request_field(request, &name)?;
    let words = field(param, "words");
    let words = words.as_list().unwrap_or_default();
    let kind = match target.kind() {
        Kind::String => ParamKind::Text { optional: target.supports_presence() },
        Kind::Bool => ParamKind::Bool { optional: target.supports_presence() },
        Kind::Enum(values) => {
            let number = |value: &str| {
                values.get_value_by_name(value).map(|value| value.number()).ok_or(format!("no enum value `{value}`"))
            };
            let words = words.iter().filter_map(Value::as_message);
            let words = words
                .map(|word| Ok((text(word, "text"), number(&text(word, "value"))?)))
                .collect::<Result<Vec<_>>>()?;
            ParamKind::Words { words }
        }
        _ => return Err(format!("field `{name}` can't be filled from text")),
    };
    let flag = |flag: &str| field(param, flag).as_bool().unwrap_or(false);
    Ok(Param { optional: flag("optional"), greedy: flag("greedy"), kind, field: name })
}

fn request_field(request: &MessageDescriptor, name: &str) -> Result<FieldDescriptor> {
    request.get_field_by_name(name).ok_or(format!("{} has no field `{name}`", request.name()))
}

fn unique_verbs(rpcs: &[Rpc]) -> Result<()> {
    let mut seen = HashMap::new();
    for rpc in rpcs {
        for name in rpc.verb.iter().flat_map(|verb| verb.aliases.iter().chain([&verb.name])) {
            if let Some(other) = seen.insert(name.to_lowercase(), &rpc.name) {
                return Err(format!("the verb `{name}` belongs to {other} and to {}", rpc.name));
            }
        }
    }
    Ok(())
}

/// Attach must carry what the commands' RPCs carry, or a client on the stream would lack a command.
fn attach_is_complete(pool: &DescriptorPool, rpcs: &[Rpc]) -> Result<()> {
    for (message, suffix) in [("gc.v1.AttachCommand", "Request"), ("gc.v1.AttachResult", "Response")] {
        let message = pool.get_message_by_name(message).ok_or(format!("{message} is missing"))?;
        let held: HashSet<String> =
            message.fields().filter_map(|field| field.kind().as_message().map(|m| m.name().to_owned())).collect();
        for rpc in rpcs.iter().filter(|rpc| rpc.is_command() && rpc.name != "Connect") {
            if !held.contains(&format!("{}{suffix}", rpc.name)) {
                return Err(format!("{} lacks {}{suffix}", message.name(), rpc.name));
            }
        }
    }
    Ok(())
}

fn payloads(pool: &DescriptorPool) -> Result<HashSet<String>> {
    let event = pool.get_message_by_name("gc.v1.Event").ok_or("gc.v1.Event is missing")?;
    let payload = event.oneofs().find(|oneof| oneof.name() == "payload").ok_or("Event has no oneof `payload`")?;
    Ok(payload.fields().map(|field| field.name().to_owned()).collect())
}

fn reasons(options: &Options, reasons: &EnumDescriptor) -> Result<Vec<Reason>> {
    let mut rows = Vec::new();
    for value in reasons.values().filter(|value| value.number() != 0) {
        let traits =
            message(&value.options(), &options.error).ok_or(format!("{} has no option `error`", value.name()))?;
        let retry = enum_name(&field(&traits, "retry"), &kind_of(&traits, "retry")?, "RETRY_")?;
        let code = text(&traits, "code");
        let advice = text(&traits, "advice");
        if retry == "UNSPECIFIED" || code.is_empty() || advice.is_empty() {
            return Err(format!("{} does not say its code, whether a retry helps, and what to do", value.name()));
        }
        let doc = comment(&reasons.parent_file(), value.path());
        let (meaning, example) =
            doc.split_once(" Example: ").ok_or(format!("the comment of {} has no `Example: `", value.name()))?;
        rows.push(Reason {
            name: value.name().trim_start_matches("ERROR_REASON_").to_owned(),
            number: value.number(),
            meaning: meaning.to_owned(),
            example: example.to_owned(),
            code,
            retry,
            advice,
        });
    }
    rows.sort_by_key(|row| row.number);
    Ok(rows)
}

fn secrets(options: &Options, pool: &DescriptorPool) -> Vec<Secret> {
    let secret = |field: &FieldDescriptor| field.options().get_extension(&options.secret).as_bool().unwrap_or(false);
    pool.all_messages()
        .filter(|message| message.package_name() == "gc.v1" && message.fields().any(|field| secret(&field)))
        .map(|message| Secret {
            name: message.name().to_owned(),
            fields: message
                .fields()
                .map(|field| SecretField {
                    name: field.name().to_owned(),
                    secret: secret(&field),
                    optional: field.supports_presence() && field.cardinality() == Cardinality::Optional,
                    enumeration: matches!(field.kind(), Kind::Enum(_)) && !field.is_list(),
                })
                .collect(),
        })
        .collect()
}

fn enumeration(pool: &DescriptorPool, name: &str) -> Result<EnumDescriptor> {
    pool.get_enum_by_name(name).ok_or(format!("{name} is missing"))
}

fn message(options: &DynamicMessage, extension: &ExtensionDescriptor) -> Option<DynamicMessage> {
    if !options.has_extension(extension) {
        return None;
    }
    options.get_extension(extension).as_message().cloned()
}

fn field(message: &DynamicMessage, name: &str) -> Value {
    message.get_field_by_name(name).map_or(Value::Bool(false), |value| value.into_owned())
}

fn kind_of(message: &DynamicMessage, name: &str) -> Result<Kind> {
    message.descriptor().get_field_by_name(name).map(|field| field.kind()).ok_or(format!("no field `{name}`"))
}

fn text(message: &DynamicMessage, name: &str) -> String {
    field(message, name).as_str().unwrap_or_default().to_owned()
}

fn texts(message: &DynamicMessage, name: &str) -> Vec<String> {
    field(message, name).as_list().unwrap_or_default().iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn enum_name(value: &Value, kind: &Kind, prefix: &str) -> Result<String> {
    let number = value.as_enum_number().unwrap_or_default();
    let name = kind.as_enum().and_then(|values| values.get_value(number)).ok_or(format!("no enum value {number}"))?;
    Ok(name.name().trim_start_matches(prefix).to_owned())
}

/// The first paragraph of the leading comment of what stands at `path`, as one line.
fn comment(file: &FileDescriptor, path: &[i32]) -> String {
    let info = file.file_descriptor_proto().source_code_info.as_ref();
    let location = info.and_then(|info| info.location.iter().find(|location| location.path == path));
    let text = location.and_then(|location| location.leading_comments.as_deref()).unwrap_or_default();
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}
