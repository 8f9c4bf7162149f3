//! Compares what an SDK gave to its consumer with what the service said: every event whole, no hole and no repetition,
//! and each picture equal to the service's at that event.

use std::fmt::Debug;

use generic_connector::pb;
use serde_json::Value;

use super::json::Codec;
use super::ledger::{Era, apply};

/// What a session's items come to.
#[derive(Debug, Default)]
pub struct Judged {
    /// The picture that follows from the items.
    pub view: Option<pb::Snapshot>,
    /// Every event that was given out.
    pub events: Vec<pb::Event>,
    /// The session has ended; the error, or null.
    pub ended: Option<Value>,
}

/// Judges the items of a session, in their order; says the first fault.
pub fn judge(codec: &Codec, agent: &str, items: &[Value], eras: &[Era]) -> Result<Judged, String> {
    let mut judged = Judged::default();
    let mut reset = false;
    // None where items may have been lost. A session begins connected, an observer anyhow.
    let observes = items.iter().any(|item| item["agent_id"].is_string());
    let mut state = (!observes).then(|| "CONNECTED".to_owned());
    for (at, item) in items.iter().enumerate() {
        let why = |why: String| format!("item {}: {why}", at + 1);
        if judged.ended.is_some() {
            return Err(why(format!("{item} after the end")));
        }
        let Some((kind, of)) = item.as_object().and_then(|item| item.iter().next()) else {
            return Err(why(format!("{item} is no item")));
        };
        match kind.as_str() {
            "snapshot" => {
                let snapshot: pb::Snapshot = codec.message("Snapshot", of).map_err(why)?;
                if judged.view.is_some() && !reset {
                    return Err(why("a snapshot that no reset came before".to_owned()));
                }
                picture(agent, &snapshot, eras).map_err(why)?;
                (judged.view, reset) = (Some(snapshot), false);
            }
            "event" => {
                let event: pb::Event = codec.message("Event", of).map_err(why)?;
                let Some(view) = judged.view.as_mut().filter(|_| !reset) else {
                    return Err(why(format!("event {} without a snapshot before it", event.sequence)));
                };
                if event.sequence != view.sequence + 1 {
                    return Err(why(format!("event {} after {}", event.sequence, view.sequence)));
                }
                let era = eras.iter().find(|era| era.epoch == view.epoch);
                match era.and_then(|era| Some((era, era.events.get(&event.sequence)?))) {
                    Some((_, (said, _))) => same(&format!("event {}", event.sequence), said, &event).map_err(why)?,
                    None if era.is_some_and(|era| event.sequence <= era.begin.sequence) => {}
                    None => return Err(why(format!("event {} which the service never said", event.sequence))),
                }
                apply(view, &event);
                judged.events.push(event);
            }
            "reset" => {
                codec.message::<pb::Reset>("Reset", of).map_err(why)?;
                if judged.view.is_none() {
                    return Err(why("a reset before the first snapshot".to_owned()));
                }
                if of["reason"] == "RESET_REASON_CONSUMER_BEHIND" {
                    state = None;
                }
                reset = true;
            }
            // An observer's: the agent has a session, or none any more.
            "attached" => reset = true,
            "detached" => judged.view = None,
            "stale" => {
                let stale: pb::Stale = codec.message("Stale", of).map_err(why)?;
                if let Some(view) = &mut judged.view {
                    view.stale = stale.reason;
                }
            }
            "connection" => {
                let now = of["state"].as_str().unwrap_or_default();
                let may_follow: &[&str] = match now {
                    "CONNECTED" => &["RECONNECTING"],
                    "RECONNECTING" => &["CONNECTED", "DRAINING"],
                    "DRAINING" => &["CONNECTED"],
                    "CLOSED" => &["CONNECTED", "RECONNECTING", "DRAINING"],
                    _ => return Err(why(format!("{item} names no state"))),
                };
                if state.as_deref().is_some_and(|state| !may_follow.contains(&state)) {
                    return Err(why(format!("{now} after {}", state.unwrap_or_default())));
                }
                if now == "RECONNECTING" && !of["error"]["reason"].is_string() {
                    return Err(why(format!("{item} does not say what broke the stream")));
                }
                state = Some(now.to_owned());
            }
            "end" => judged.ended = Some(item["error"].clone()),
            _ => return Err(why(format!("{item} is of no known kind"))),
        }
    }
    if reset && judged.ended.is_none() {
        return Err("no snapshot after the last reset".to_owned());
    }
    Ok(judged)
}

/// A picture is the service's as of the same event. Whether it is stale is no event, and told apart.
pub fn picture(agent: &str, shown: &pb::Snapshot, eras: &[Era]) -> Result<(), String> {
    if shown.agent_id != agent {
        return Err(format!("the picture of {}", shown.agent_id));
    }
    let Some(era) = eras.iter().find(|era| era.epoch == shown.epoch) else {
        return Err(format!("a picture of epoch {}, which the service never had", shown.epoch));
    };
    let Some(said) = era.at(shown.sequence) else {
        let before = shown.sequence < era.begin.sequence;
        return if before { Ok(()) } else { Err(format!("a picture after event {}, never said", shown.sequence)) };
    };
    let plain = |picture: &pb::Snapshot| pb::Snapshot { stale: None, ..picture.clone() };
    same(&format!("the picture after event {}", shown.sequence), &plain(said), &plain(shown))
}

/// Two messages are equal; says the first lines that are not.
pub fn same<M: Debug + PartialEq>(what: &str, said: &M, got: &M) -> Result<(), String> {
    if said == got {
        return Ok(());
    }
    let (said, got) = (format!("{said:#?}"), format!("{got:#?}"));
    let (mut said, mut got) = (said.lines(), got.lines());
    loop {
        match (said.next(), got.next()) {
            (said, got) if said == got && said.is_some() => {}
            (said, got) => {
                let line = |line: Option<&str>| line.unwrap_or("nothing").trim().to_owned();
                return Err(format!("{what}: the service says {}, the SDK {}", line(said), line(got)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(sequence: u64) -> pb::Event {
        let payload = pb::event::Payload::SystemStatus(pb::SystemStatusChanged { status: sequence as i32 % 3 });
        let cursor = format!("c{sequence}");
        pb::Event { agent_id: "1001".into(), sequence, cursor, payload: Some(payload), ..Default::default() }
    }

    fn shown(sequence: u64) -> Value {
        let status = ["SYSTEM_STATUS_UNSPECIFIED", "SYSTEM_STATUS_IN_SERVICE", "SYSTEM_STATUS_OUT_OF_SERVICE"];
        let status = status[sequence as usize % 3];
        json!({"event": {"agentId": "1001", "sequence": sequence.to_string(), "cursor": format!("c{sequence}"),
            "systemStatus": {"status": status}}})
    }

    fn snapshot(sequence: u64) -> Value {
        json!({"snapshot": {"agentId": "1001", "epoch": "7", "sequence": sequence.to_string(), "cursor": "c1"}})
    }

    fn eras() -> Vec<Era> {
        let begin =
            pb::Snapshot { agent_id: "1001".into(), epoch: 7, sequence: 1, cursor: "c1".into(), ..Default::default() };
        let mut era = Era::new(begin);
        (2..=4).for_each(|sequence| era.add(event(sequence)));
        vec![era]
    }

    fn verdict(items: &[Value]) -> Result<Judged, String> {
        judge(&Codec::new(), "1001", items, &eras())
    }

    #[test]
    fn a_true_log_passes() {
        let judged = verdict(&[snapshot(1), shown(2), shown(3), shown(4)]).unwrap();
        assert_eq!(judged.view.unwrap(), eras()[0].now);
    }

    #[test]
    fn every_kind_of_wrong_log_is_found() {
        let mut other = shown(2);
        other["event"]["requestId"] = json!("x");
        let mut unknown = shown(2);
        unknown["event"]["colour"] = json!("red");
        let reset = json!({"reset": {"agentId": "1001", "reason": "RESET_REASON_CONSUMER_BEHIND"}});
        let state = |state: &str| json!({"connection": {"state": state, "error": {"reason": "SERVICE_UNREACHABLE"}}});
        let wrong: [(&str, Vec<Value>); 11] = [
            ("a state twice", vec![snapshot(1), state("RECONNECTING"), state("RECONNECTING")]),
            ("a hole", vec![snapshot(1), shown(3)]),
            ("a repetition", vec![snapshot(1), shown(2), shown(2)]),
            ("no snapshot", vec![shown(2)]),
            ("another content", vec![snapshot(1), other]),
            ("a field that is none", vec![snapshot(1), unknown]),
            ("an event that never was", vec![snapshot(1), shown(2), shown(3), shown(4), shown(5)]),
            ("a picture of another moment", vec![snapshot(3)]),
            ("a second snapshot", vec![snapshot(1), snapshot(1)]),
            ("an event right after a reset", vec![snapshot(1), reset.clone(), shown(2)]),
            ("a reset without a snapshot", vec![snapshot(1), shown(2), reset]),
        ];
        for (what, items) in wrong {
            assert!(verdict(&items).is_err(), "{what} was not found");
        }
    }
}
