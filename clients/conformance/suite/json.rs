//! Messages in protobuf's JSON, as runners speak it, from and to the messages of the service.

use generic_connector::command::catalogue::Rpc;
use generic_connector::pb;
use prost::Message;
use prost_reflect::{DescriptorPool, DeserializeOptions, DynamicMessage, MessageDescriptor, SerializeOptions};
use serde_json::Value;

/// Knows every message.
pub struct Codec {
    pool: DescriptorPool,
}

impl Codec {
    pub fn new() -> Self {
        Self { pool: DescriptorPool::decode(pb::DESCRIPTORS).unwrap() }
    }

    /// An encoded request of an RPC as JSON.
    pub fn request(&self, rpc: &Rpc, request: &[u8]) -> Value {
        let message = DynamicMessage::decode(self.method(rpc).input(), request).unwrap();
        let json = serde_json::value::Serializer;
        message.serialize_with_options(json, &SerializeOptions::new()).unwrap()
    }

    /// A request with the options that a runner's operation would name.
    pub fn with(&self, rpc: &Rpc, request: Vec<u8>, how: &serde_json::Map<String, Value>) -> Vec<u8> {
        let options: serde_json::Map<String, Value> = how
            .iter()
            .filter(|(name, _)| *name != "timeout_ms")
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        if options.is_empty() {
            return request;
        }
        let mut message = DynamicMessage::decode(self.method(rpc).input(), &*request).unwrap();
        let of = self.pool.get_message_by_name("gc.v1.CommandOptions").unwrap();
        let options = DynamicMessage::deserialize(of, Value::Object(options)).unwrap();
        message.set_field_by_name("options", prost_reflect::Value::Message(options));
        message.encode_to_vec()
    }

    /// A reply of an RPC from its JSON, encoded.
    pub fn reply(&self, rpc: &Rpc, reply: &Value) -> Result<Vec<u8>, String> {
        self.encoded(self.method(rpc).output(), reply)
    }

    /// A message of the service, by its name in `gc.v1`.
    pub fn message<M: Message + Default>(&self, name: &str, json: &Value) -> Result<M, String> {
        let descriptor = self.pool.get_message_by_name(&format!("gc.v1.{name}")).unwrap();
        let encoded = self.encoded(descriptor, json)?;
        M::decode(&*encoded).map_err(|error| error.to_string())
    }

    /// A field or a word that the message does not have is a fault.
    fn encoded(&self, descriptor: MessageDescriptor, json: &Value) -> Result<Vec<u8>, String> {
        let name = descriptor.name().to_owned();
        let message = DynamicMessage::deserialize_with_options(descriptor, json, &DeserializeOptions::new());
        message.map(|message| message.encode_to_vec()).map_err(|error| format!("{error} in the {name} {json}"))
    }

    fn method(&self, rpc: &Rpc) -> prost_reflect::MethodDescriptor {
        let service = self.pool.get_service_by_name(&format!("gc.v1.{}", rpc.service)).unwrap();
        service.methods().find(|method| method.name() == rpc.name).unwrap()
    }
}
