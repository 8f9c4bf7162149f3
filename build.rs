//! Compiles `proto/` without a system `protoc`, and derives the catalogue of commands from its options.
//!
//! Written to `OUT_DIR`: `gc.v1.rs` (messages, clients, servers), `descriptors.bin` (for reflection), `redact.rs`
//! (`Debug` of the messages that hold a secret), `catalogue.rs` (commands, verbs, access, reasons) and `services.rs` (the
//! commands' RPCs). A proto that contradicts itself fails the build with a sentence that says where.

#[path = "build/read.rs"]
mod read;
#[path = "build/write.rs"]
mod write;

use std::error::Error;
use std::path::PathBuf;

use prost_reflect::DescriptorPool;
use prost_reflect::prost_types::FileDescriptorSet;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=proto");
    println!("cargo:rerun-if-changed=build");
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir("proto/gc/v1")?.map(|file| file.map(|file| file.path())).collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "proto"));
    files.sort();

    let mut compiler = protox::Compiler::new(["proto"])?;
    compiler.include_imports(true).include_source_info(true).open_files(&files)?;
    // Re-encoding through prost would lose the custom options, so reflection and the catalogue get these bytes.
    let descriptors = compiler.encode_file_descriptor_set();
    let catalogue = read::catalogue(&DescriptorPool::decode(descriptors.as_slice())?)?;

    std::fs::write(out.join("descriptors.bin"), &descriptors)?;
    std::fs::write(out.join("catalogue.rs"), write::catalogue(&catalogue))?;
    std::fs::write(out.join("services.rs"), write::services(&catalogue))?;
    std::fs::write(out.join("redact.rs"), write::redact(&catalogue))?;
    let mut files = compiler.file_descriptor_set();
    share_events(&mut files);
    tonic_prost_build::configure()
        .out_dir(&out)
        // The clients' constructor `connect` would clash with the RPC of that name; `new(channel)` stays.
        .build_transport(false)
        .codec_path("crate::pb::codec::Lean")
        .skip_debug(catalogue.secrets.iter().map(|message| format!(".gc.v1.{}", message.name)))
        .extern_path(SHARED_EVENT, "crate::pb::SharedEvent")
        // By far the largest message of a stream, which is moved about at each event.
        .boxed(".gc.v1.SubscribeResponse.message.snapshot")
        .compile_fds(files)?;
    Ok(())
}

/// The type in whose place `pb::SharedEvent` stands.
const SHARED_EVENT: &str = ".gc.v1.SharedEvent";

/// Lets the streams carry an event as bytes that are made once for all subscribers. The wire stays what the protos say.
fn share_events(files: &mut FileDescriptorSet) {
    for file in files.file.iter_mut().filter(|file| file.package() == "gc.v1") {
        for message in &mut file.message_type {
            if matches!(message.name(), "SubscribeResponse" | "AttachResponse") {
                for field in message.field.iter_mut().filter(|field| field.type_name() == ".gc.v1.Event") {
                    field.type_name = Some(SHARED_EVENT.to_owned());
                }
            }
        }
    }
}
