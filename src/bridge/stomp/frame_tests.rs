//! Frames under any chunking, to the letter of STOMP 1.2, and within their bounds.
#![allow(clippy::unwrap_used)]

use bytes::{Bytes, BytesMut};
use proptest::prelude::*;

use super::*;

fn frames(bytes: &[u8], chunk: usize, most_body: usize) -> Result<Vec<Frame>, Malformed> {
    let mut decoder = Decoder::new(most_body);
    let mut frames = Vec::new();
    for piece in bytes.chunks(chunk.max(1)) {
        decoder.push(piece);
        while let Some(frame) = decoder.frame()? {
            frames.push(frame);
        }
        assert!(
            decoder.buffer.len() <= (most_body + MOST_HEADERS + 2).saturating_add(chunk),
            "{} bytes are held",
            decoder.buffer.len()
        );
    }
    Ok(frames)
}

fn one(text: &str) -> Frame {
    let mut all = frames(text.as_bytes(), usize::MAX, 1024).unwrap();
    assert_eq!(all.len(), 1, "{text:?}");
    all.remove(0)
}

fn whole(text: &'static str) -> Body {
    Body::Whole(Bytes::from_static(text.as_bytes()))
}

#[test]
fn a_frame_is_read_as_the_specification_writes_it() {
    let frame = one("MESSAGE\nsubscription:1\ntype:Login#1001\ntype:later\nx:a\\cb\\\\c\\nd\n\nbody\n\0");
    assert_eq!((frame.command.as_str(), frame.body), ("MESSAGE", whole("body\n")));
    assert_eq!(frame.headers.iter().find(|(name, _)| name == "type").unwrap().1, "Login#1001");
    let frame = one("MESSAGE\r\nmessage-id:7\r\ncontent-length:3\r\n\r\na\0b\0");
    assert_eq!((frame.header("message-id"), frame.body.clone()), (Some("7"), whole("a\0b")));
    // The one frame whose headers have no escapes.
    let frame = one("CONNECTED\nversion:1.2\nsession:a\\cb\n\n\0");
    assert_eq!((frame.header("session"), frame.body.clone()), (Some("a\\cb"), whole("")));
    // Ends of line between frames are heart-beats.
    let frame = one("\n\r\n\n\nRECEIPT\nreceipt-id:1\n\n\0\n\n");
    assert_eq!(frame.command, "RECEIPT");
}

#[test]
fn a_body_that_is_too_long_is_left_out_and_the_next_frame_is_read() {
    for chunk in [1, 7, 100, 100_000] {
        let long = "x".repeat(5000);
        for head in ["MESSAGE\nmessage-id:1\n\n", "MESSAGE\nmessage-id:1\ncontent-length:5000\n\n"] {
            let text = format!("{head}{long}\0\nMESSAGE\nmessage-id:2\n\nshort\0");
            let all = frames(text.as_bytes(), chunk, 1024).unwrap();
            let read: Vec<_> =
                all.iter().map(|frame| (frame.header("message-id").unwrap(), frame.body.clone())).collect();
            assert_eq!(read, [("1", Body::TooLong), ("2", whole("short"))], "{chunk}");
        }
    }
}

#[test]
fn what_is_no_stomp_is_said_so() {
    for (text, why) in [
        ("MESSAGE\nno colon\n\n\0", Malformed::Header),
        ("MESSAGE\na:b\\t\n\n\0", Malformed::Header),
        ("MESSAGE\na:b\\", Malformed::Headers),
        ("MESSAGE\ncontent-length:many\n\nx\0", Malformed::Length),
        ("MESSAGE\ncontent-length:1\n\nxy\0", Malformed::End),
    ] {
        let mut text = text.as_bytes().to_vec();
        if why == Malformed::Headers {
            text.extend(vec![b'x'; MOST_HEADERS]);
        }
        for chunk in [1, 100_000] {
            assert_eq!(frames(&text, chunk, 1024), Err(why));
        }
    }
    assert_eq!(frames(b"M\na:\xff\n\n\0", 9, 9), Err(Malformed::Header));
    let many = format!("M\n{}\n\0", "a:b\n".repeat(MOST_LINES + 1));
    assert_eq!(frames(many.as_bytes(), 9, 9), Err(Malformed::Headers));
}

#[test]
fn nothing_of_a_body_is_printed() {
    assert!(!format!("{:?}", one("MESSAGE\na:b\n\nhunter2\0")).contains("hunter2"));
}

proptest! {
    #[test]
    fn what_is_written_is_read_whatever_it_holds(
        headers in proptest::collection::vec(("[a-z:\\\\\n\r]{1,8}", "[ -~\n\ré:\\\\]{0,20}"), 0..6),
        body in "[^\0]{0,300}",
        chunk in 1usize..64,
    ) {
        let mut out = BytesMut::new();
        let written: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        encode("SEND", &written, body.as_bytes(), &mut out);
        encode("ACK", &[("id", "7")], b"", &mut out);
        let all = frames(&out, chunk, 4096).unwrap();
        prop_assert_eq!(all.len(), 2);
        prop_assert_eq!(&all[0].headers, &headers);
        prop_assert_eq!(&all[0].body, &Body::Whole(Bytes::from(body)));
        prop_assert_eq!(all[1].header("id"), Some("7"));
    }

    #[test]
    fn any_bytes_in_any_chunks_give_the_same(bytes in proptest::collection::vec(
        prop_oneof![Just(b'\n'), Just(b'\0'), Just(b':'), Just(b'\r'), Just(b'\\'), any::<u8>()], 0..400,
    ), chunk in 1usize..50) {
        let (whole, pieces) = (frames(&bytes, usize::MAX / 2, 100), frames(&bytes, chunk, 100));
        // In one piece a fault may come before a frame that precedes it in pieces was asked for: it is the same fault.
        prop_assert_eq!(whole, pieces);
    }

    #[test]
    fn a_login_with_any_text_is_one_frame(user in "[^\0]{0,20}", password in "[^\0]{0,20}") {
        let mut out = BytesMut::new();
        encode("CONNECT", &[("login", &user), ("passcode", &password)], b"", &mut out);
        let all = frames(&out, usize::MAX / 2, 100).unwrap();
        prop_assert_eq!((all.len(), all[0].headers.len()), (1, 2));
    }
}
