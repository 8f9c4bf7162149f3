//! The bodies, word by word: what Finesse is sent for each request.

#![allow(clippy::unwrap_used)]

use super::client::{Action, Mobile};
use super::request;
use crate::model::agent::{AgentState, MobileMode};

#[test]
fn bodies_are_what_finesse_wants() {
    let own = "2001".parse().unwrap();
    let agent = "20@b.c".parse().unwrap();
    let to = "a&b<\"'>".parse().unwrap();
    let mobile = Mobile { mode: MobileMode::NailedConnection, dial_number: "408".parse().unwrap() };
    let target = "<targetMediaAddress>2001</targetMediaAddress>";
    let to_text = "<toAddress>a&amp;b&lt;&quot;&apos;&gt;</toAddress>";
    let between = "<fromAddress>2001</fromAddress><toAddress>20@b.c</toAddress>";
    let action = |name: &str| format!("<requestedAction>{name}</requestedAction>");
    for (body, object, content) in [
        (
            request::sign_in(&own, Some(&mobile)),
            "User",
            "<state>LOGIN</state><extension>2001</extension><mobileAgent><mode>NAILED_CONNECTION</mode>\
             <dialNumber>408</dialNumber></mobileAgent>"
                .to_owned(),
        ),
        (request::sign_in(&own, None), "User", "<state>LOGIN</state><extension>2001</extension>".to_owned()),
        (
            request::set_state(AgentState::NotReady, Some(&"16".parse().unwrap())),
            "User",
            "<state>NOT_READY</state><reasonCodeId>16</reasonCodeId>".to_owned(),
        ),
        (request::set_state(AgentState::WorkReady, None), "User", "<state>WORK_READY</state>".to_owned()),
        (
            request::make_call(&own, &to),
            "Dialog",
            format!("{}<fromAddress>2001</fromAddress>{to_text}", action("MAKE_CALL")),
        ),
        (request::act(Action::Hold, &own), "Dialog", format!("{target}{}", action("HOLD"))),
        (request::act(Action::Transfer, &own), "Dialog", format!("{target}{}", action("TRANSFER"))),
        (request::act(Action::Conference, &own), "Dialog", format!("{target}{}", action("CONFERENCE"))),
        (request::consult(&own, &to), "Dialog", format!("{}{to_text}{target}", action("CONSULT_CALL"))),
        (request::transfer_single_step(&own, &to), "Dialog", format!("{}{to_text}{target}", action("TRANSFER_SST"))),
        (
            request::send_dtmf(&own, "12*#A<"),
            "Dialog",
            format!(
                "{}{target}<actionParams><ActionParam><name>dtmfString</name><value>12*#A&lt;</value></ActionParam>\
                 </actionParams>",
                action("SEND_DTMF")
            ),
        ),
        (
            request::drop_participant(&to),
            "Dialog",
            format!(
                "{}<targetMediaAddress>a&amp;b&lt;&quot;&apos;&gt;</targetMediaAddress>",
                action("PARTICIPANT_DROP")
            ),
        ),
        (request::silent_monitor(&own, &agent), "Dialog", format!("{}{between}", action("SILENT_MONITOR"))),
        (
            request::barge(&own, &agent, &"6873122".parse().unwrap()),
            "Dialog",
            format!(
                "{}{between}<associatedDialogUri>/finesse/api/Dialog/6873122</associatedDialogUri>",
                action("BARGE_CALL")
            ),
        ),
    ] {
        assert_eq!(body, format!("<{object}>{content}</{object}>"));
    }
}
