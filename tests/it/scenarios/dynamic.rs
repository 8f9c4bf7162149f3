//! Typed calls made from the catalogue alone: no verb, request or client is named here.

use bytes::{Buf as _, BufMut as _, Bytes};
use generic_connector::command::catalogue::Verb;
use generic_connector::pb;
use http::uri::PathAndQuery;
use prost::Message as _;
use prost_reflect::{DescriptorPool, DynamicMessage, ExtensionDescriptor, Kind, ReflectMessage as _, Value};
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::transport::Channel;
use tonic::{Request, Status};

/// Makes requests from legacy text.
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
        let service = self.pool.get_service_by_name(&format!("gc.v1.{}", verb.rpc.service)).unwrap();
        let method = service.methods().find(|method| method.name() == verb.rpc.name).unwrap();
        let mut message = DynamicMessage::new(method.input());
        let options = method.options();
        let legacy = options.get_extension(&self.legacy);
        let id_field = legacy.as_message().and_then(|legacy| legacy.get_field_by_name("id_field"));
        if let Some(field) = id_field.as_ref().and_then(|field| field.as_str()).filter(|field| !field.is_empty()) {
            message.set_field_by_name(field, Value::String(id.to_owned()));
        }
        for (param, text) in verb.params.iter().zip(split(verb, body)) {
            let field = message.descriptor().get_field_by_name(param.field).unwrap();
            let value = match field.kind() {
                Kind::String => Value::String(text),
                Kind::Bool => Value::Bool(text.eq_ignore_ascii_case("true")),
                // Words of enums occur in commands that are not built yet alone.
                _ => continue,
            };
            message.set_field(&field, value);
        }
        message.encode_to_vec()
    }
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
