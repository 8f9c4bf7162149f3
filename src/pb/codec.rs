//! How messages are read and written: as tonic does it, but for what a stream holds before its first message has come.

use std::marker::PhantomData;

use prost::Message;
use tonic::codec::{BufferSettings, Codec};
use tonic_prost::ProstCodec;

/// What is held at first for the message to come, bytes; for a longer one it grows. Requests have some hundreds, and 256 of
/// a connection may wait for theirs.
const FIRST: usize = 512;
/// What is held for the message to go, bytes, as long as a stream lasts: an idle one has nothing to send, and most events fit.
const NEXT: usize = 2 * 1024;
/// How many bytes are written together, as tonic has it.
const TOGETHER: usize = 32 * 1024;

/// The codec of every service.
#[derive(Clone, Copy, Debug)]
pub struct Lean<T, U>(PhantomData<(T, U)>);

impl<T, U> Default for Lean<T, U> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<T, U> Codec for Lean<T, U>
where
    T: Message + Send + 'static,
    U: Message + Default + Send + 'static,
{
    type Encode = T;
    type Decode = U;
    type Encoder = <ProstCodec<T, U> as Codec>::Encoder;
    type Decoder = <ProstCodec<T, U> as Codec>::Decoder;

    fn encoder(&mut self) -> Self::Encoder {
        ProstCodec::<T, U>::raw_encoder(BufferSettings::new(NEXT, TOGETHER))
    }

    fn decoder(&mut self) -> Self::Decoder {
        ProstCodec::<T, U>::raw_decoder(BufferSettings::new(FIRST, TOGETHER))
    }
}
