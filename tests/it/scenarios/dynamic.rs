//! Typed calls made from the catalogue alone: no verb, request or client is named here.

use bytes::{Buf as _, BufMut as _, Bytes};
use generic_connector::command::catalogue::{RPCS, Rpc, Verb};
use generic_connector::pb;
use http::uri::PathAndQuery;
use prost::Message as _;
use prost_reflect::{
    DescriptorPool, DynamicMessage, ExtensionDescriptor, FieldDescriptor, Kind, MethodDescriptor, ReflectMessage as _,
    Value,
};
use serde_json::Value as Json;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::transport::Channel;
use tonic::{Request, Status};

/// Makes requests from legacy text and from JSON, and shows replies as JSON.
pub struct Requests {
    pool: DescriptorPool,
    legacy: ExtensionDescriptor,
}

impl Requests {
    pub fn new() -> Self {
        let pool = DescriptorPool::decode(pb::DESCRIPTORS).unwrap();
        let legacy = pool.get_extension_by_name("gc.v1.legacy").unwrap();
        Self { pool, legacy }
    }

    /// The encoded request of a verb with an id and a body. What is missing is left out, for the service to judge.
    pub fn of(&self, verb: &Verb, id: &str, body: &str) -> Vec<u8> {
        let method = self.method(verb.rpc);
        let mut message = DynamicMessage::new(method.input());
        let options = method.options();
        let legacy = options.get_extension(&self.legacy);
        let id_field = legacy.as_message().and_then(|legacy| legacy.get_field_by_name("id_field"));
        if let Some(field) = id_field.as_ref().and_then(|field| field.as_str()).filter(|field| !field.is_empty()) {
            message.set_field_by_name(field, Value::String(id.to_owned()));
        }
        for (param, text) in verb.params.iter().zip(split(verb, body)) {
            set(&mut message, param.field, text);
        }
        message.encode_to_vec()
    }

    /// The encoded request of an RPC with fields that are text, flags or words of enums.
    pub fn named(&self, rpc: &Rpc, fields: &[(&str, &str)]) -> Vec<u8> {
        let mut message = DynamicMessage::new(self.method(rpc).input());
        fields.iter().for_each(|(field, text)| set(&mut message, field, (*text).to_owned()));
        message.encode_to_vec()
    }

    /// The request of a verb as a tool takes it: what is set, enums by their names.
    pub fn shown(&self, verb: &Verb, id: &str, body: &str) -> Json {
        let request = DynamicMessage::decode(self.method(verb.rpc).input(), &*self.of(verb, id, body)).unwrap();
        let field = |(field, value): (FieldDescriptor, &Value)| {
            let kind = field.kind();
            let name = value.as_enum_number().and_then(|number| kind.as_enum()?.get_value(number));
            let shown = name.map_or_else(|| plain(value, &kind), |name| name.name().into());
            (field.name().to_owned(), shown)
        };
        Json::Object(request.fields().map(field).collect())
    }

    /// A reply as JSON: what is set, enums without their prefix.
    pub fn reply(&self, rpc: &Rpc, reply: &Bytes) -> Json {
        json(&DynamicMessage::decode(self.method(rpc).output(), reply.clone()).unwrap())
    }

    /// A request as a command of the bidirectional stream.
    pub fn command(&self, rpc: &Rpc, request: &[u8], request_id: &str) -> pb::AttachCommand {
        let input = self.method(rpc).input();
        let command = self.pool.get_message_by_name("gc.v1.AttachCommand").unwrap();
        let mut message = DynamicMessage::new(command.clone());
        message.set_field_by_name("request_id", Value::String(request_id.to_owned()));
        let of = |kind: Kind| kind.as_message() == Some(&input);
        let field = command.fields().find(|field| of(field.kind())).unwrap_or_else(|| panic!("{} has none", rpc.name));
        let request = DynamicMessage::decode(input.clone(), request).unwrap();
        message.set_field(&field, Value::Message(request));
        pb::AttachCommand::decode(&*message.encode_to_vec()).unwrap()
    }

    /// The encoded reply in a result of the bidirectional stream, or the reason why there is none.
    pub fn result(&self, result: &pb::AttachResult) -> Result<Bytes, String> {
        if let Some(pb::attach_result::Reply::Error(error)) = &result.reply {
            return Err(error.reason().as_str_name().trim_start_matches("ERROR_REASON_").to_owned());
        }
        let of = self.pool.get_message_by_name("gc.v1.AttachResult").unwrap();
        let message = DynamicMessage::decode(of, &*result.encode_to_vec()).unwrap();
        let reply = message.fields().find_map(|(_, value)| value.as_message().cloned()).unwrap();
        Ok(reply.encode_to_vec().into())
    }

    fn method(&self, rpc: &Rpc) -> MethodDescriptor {
        let service = self.pool.get_service_by_name(&format!("gc.v1.{}", rpc.service)).unwrap();
        service.methods().find(|method| method.name() == rpc.name).unwrap()
    }
}

/// The RPC with a name like `CallService.SendDtmf`.
pub fn rpc(name: &str) -> Option<&'static Rpc> {
    let (service, name) = name.split_once('.')?;
    RPCS.iter().find(|rpc| rpc.service == service && rpc.name == name)
}

fn set(message: &mut DynamicMessage, field: &str, text: String) {
    let field = message.descriptor().get_field_by_name(field).unwrap();
    let value = match field.kind() {
        Kind::Bool => Value::Bool(text.eq_ignore_ascii_case("true")),
        Kind::Enum(words) => {
            // The old product's words for the connection mode are those of a flag.
            let number = match text.as_str() {
                "true" => Some(1),
                "false" => Some(2),
                word => {
                    let mut named = words.values();
                    named.find(|value| value.name()[prefix(words.name())..] == *word).map(|value| value.number())
                }
            };
            Value::EnumNumber(number.unwrap_or_default())
        }
        _ => Value::String(text),
    };
    message.set_field(&field, value);
}

fn json(message: &DynamicMessage) -> Json {
    let fields = message.fields().map(|(field, value)| (field.name().to_owned(), plain(value, &field.kind())));
    Json::Object(fields.collect())
}

fn plain(value: &Value, kind: &Kind) -> Json {
    match value {
        Value::Bool(flag) => (*flag).into(),
        Value::I32(number) => (*number).into(),
        Value::I64(number) => (*number).into(),
        Value::U32(number) => (*number).into(),
        Value::U64(number) => (*number).into(),
        Value::String(text) => text.as_str().into(),
        Value::EnumNumber(number) => {
            let words = kind.as_enum().unwrap();
            let name = words.get_value(*number).map(|value| value.name().to_owned()).unwrap_or_default();
            // The prefix is the type's name: `DIALOG_STATE_` of DialogState.
            name[prefix(words.name())..].into()
        }
        Value::Message(message) => json(message),
        Value::List(list) => list.iter().map(|value| plain(value, kind)).collect(),
        other => format!("{other:?}").into(),
    }
}

/// How long the prefix of an enum's values is.
fn prefix(name: &str) -> usize {
    name.len() + name.chars().filter(char::is_ascii_uppercase).count()
}

/// The parameters of a body, from left to right; the greedy one takes the commas that are too many.
fn split(verb: &Verb, body: &str) -> Vec<String> {
    if body.is_empty() {
        return Vec::new();
    }
    let mut parts: Vec<String> = body.split(',').map(str::to_owned).collect();
    let surplus = parts.len().saturating_sub(verb.params.len());
    if let Some(greedy) = verb.params.iter().position(|param| param.greedy).filter(|_| surplus > 0) {
        let joined = parts[greedy..=greedy + surplus].join(",");
        parts.splice(greedy..=greedy + surplus, [joined]);
    }
    parts
}

/// Calls an RPC by its path.
pub async fn unary(channel: Channel, path: &'static str, body: Vec<u8>, token: Option<&str>) -> Result<Bytes, Status> {
    let mut client = tonic::client::Grpc::new(channel);
    client.ready().await.unwrap();
    let mut request = Request::new(body);
    if let Some(token) = token {
        request.metadata_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
    }
    Ok(client.unary(request, PathAndQuery::from_static(path), Raw).await?.into_inner())
}

/// Messages as bytes.
#[derive(Clone, Copy, Default)]
struct Raw;

impl Codec for Raw {
    type Encode = Vec<u8>;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Raw {
    type Item = Vec<u8>;
    type Error = Status;

    fn encode(&mut self, item: Vec<u8>, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.put_slice(&item);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(buffer.copy_to_bytes(buffer.remaining())))
    }
}
