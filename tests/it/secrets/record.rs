//! Everything that was written, and the search for secrets in it.

use std::io::Write;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use tracing_subscriber::fmt::MakeWriter;

/// Everything that was written, under a name.
#[derive(Clone, Default)]
pub struct Record(pub Arc<Mutex<Vec<u8>>>);

impl Record {
    pub fn add(&self, what: impl AsRef<[u8]>) {
        let mut record = self.0.lock().unwrap();
        record.extend_from_slice(what.as_ref());
        record.push(b'\n');
    }
}

impl Write for Record {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Record {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// The forms in which a secret could show itself.
pub fn forms(secret: &str) -> Vec<Vec<u8>> {
    let bytes = secret.as_bytes();
    let decimal: Vec<String> = bytes.iter().map(u8::to_string).collect();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut forms = vec![secret.into(), decimal.join(", ").into(), hex.to_uppercase().into(), hex.into()];
    // Base64 of anything that holds it, whatever stands before: the characters that depend on neighbours cut off.
    for before in 0..3 {
        let padded = [&[0; 3][..before], bytes].concat();
        for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            let text = engine.encode(&padded);
            let whole = padded.len() / 3 * 4;
            forms.push(text[[0, 2, 3][before]..whole].into());
        }
    }
    forms
}

pub fn assert_clean(what: &str, text: &[u8], secrets: &[Vec<u8>]) {
    for secret in secrets {
        if let Some(at) = memchr::memmem::find(text, secret) {
            let line_start = text[..at].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
            let around = &text[line_start.max(at.saturating_sub(400))..(at + secret.len() + 200).min(text.len())];
            panic!("{what} shows {:?}:\n{}", String::from_utf8_lossy(secret), String::from_utf8_lossy(around));
        }
    }
}
