//! Legacy commands in each of their forms: refused, or the same when they are carried in parts.
#![no_main]

use generic_connector::bridge::message::Message;
use libfuzzer_sys::fuzz_target;
use secrecy::ExposeSecret;

fuzz_target!(|text: &str| {
    let Ok(message) = Message::parse(text) else { return };
    let kind = format!("{}#{}", message.verb, message.id);
    let again = Message::from_parts(&kind, Some(message.body.expose_secret()));
    assert!(again.is_ok_and(|again| {
        (&again.verb, &again.id, again.body.expose_secret())
            == (&message.verb, &message.id, message.body.expose_secret())
    }));
});
