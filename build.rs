//! Compiles `proto/` without a system `protoc` and writes the code of messages, clients and servers.

use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=proto");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir("proto/gc/v1")?.map(|f| f.map(|f| f.path())).collect::<Result<_, _>>()?;
    files.sort();
    let mut compiler = protox::Compiler::new(["proto"])?;
    compiler.include_imports(true).include_source_info(true).open_files(&files)?;
    // Re-encoding through prost would lose the custom options, so reflection gets these bytes.
    std::fs::write(out.join("descriptors.bin"), compiler.encode_file_descriptor_set())?;
    generate(compiler.file_descriptor_set(), &out)
}

fn generate(set: protox::prost_reflect::prost_types::FileDescriptorSet, out: &Path) -> Result<(), Box<dyn Error>> {
    // The clients' constructor `connect` would clash with the RPC of that name; `new(channel)` stays.
    tonic_prost_build::configure().build_transport(false).out_dir(out).compile_fds(set)?;
    Ok(())
}
