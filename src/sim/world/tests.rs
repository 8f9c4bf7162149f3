//! Tables of what the world publishes, on both platforms.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::time::Duration;

use super::*;
use crate::sim::options::Flavour;
use crate::sim::seed::WrapUp;
use crate::sim::xml::Element;

pub(super) const NOW: u64 = 1_709_629_631_466;

pub(super) struct Bench {
    pub(super) world: World,
    pub(super) now: u64,
}

impl Bench {
    pub(super) fn new(flavour: Flavour, wrap_up: WrapUp) -> Self {
        let mut seed = Seed::standard();
        seed.agents.iter_mut().for_each(|block| block.wrap_up = wrap_up);
        let options = Options { flavour, seed, ..Options::ephemeral() };
        Self { world: World::new(&options, NOW), now: NOW }
    }

    pub(super) fn user(&mut self, id: &str, body: &str) -> Vec<String> {
        let user = self.world.find_user(id, false).unwrap();
        let command = self.world.check_user_put(user, &Element::parse(&format!("<User>{body}</User>")).unwrap());
        match command {
            Ok(command) => self.world.submit(command, "r".to_owned(), self.now),
            Err(error) => return vec![format!("{} {} {}", error.status, error.kind, error.data)],
        }
        self.published()
    }

    pub(super) fn state(&mut self, id: &str, state: &str) -> Vec<String> {
        self.user(id, &format!("<state>{state}</state>"))
    }

    pub(super) fn sign_in(&mut self, id: &str, extension: &str) -> Vec<String> {
        self.user(id, &format!("<state>LOGIN</state><extension>{extension}</extension>"))
    }

    pub(super) fn ready(&mut self, id: &str, extension: &str) {
        assert_eq!(self.sign_in(id, extension), [format!("{id} NOT_READY")]);
        assert_eq!(self.state(id, "READY"), [format!("{id} READY")]);
    }

    pub(super) fn make_call(&mut self, id: &str, from: &str, to: &str) -> Vec<String> {
        let user = self.world.find_user(id, false).unwrap();
        let body = format!(
            "<Dialog><requestedAction>MAKE_CALL</requestedAction><fromAddress>{from}</fromAddress>\
             <toAddress>{to}</toAddress></Dialog>"
        );
        match self.world.check_dialogs_post(user, &Element::parse(&body).unwrap()) {
            Ok(command) => self.world.submit(command, String::new(), self.now),
            Err(error) => return vec![format!("{} {} {}", error.status, error.kind, error.data)],
        }
        self.published()
    }

    pub(super) fn act(&mut self, id: &str, action: &str) -> Vec<String> {
        let user = self.world.find_user(id, false).unwrap();
        let dialog = *self.world.users[user].calls.last().unwrap();
        let extension = self.world.users[user].extension.clone().unwrap();
        let body = format!(
            "<Dialog><requestedAction>{action}</requestedAction>\
             <targetMediaAddress>{extension}</targetMediaAddress></Dialog>"
        );
        let command = self.world.check_dialog_put(user, dialog, &Element::parse(&body).unwrap()).unwrap();
        self.world.submit(command, String::new(), self.now);
        self.published()
    }

    pub(super) fn place(&mut self, to: &str) -> (DialogId, Vec<String>) {
        let dialog = self.world.place_call("5551230000", to, Default::default(), self.now).unwrap();
        (dialog, self.published())
    }

    pub(super) fn wait(&mut self, by: Duration) -> Vec<String> {
        self.now += u64::try_from(by.as_millis()).unwrap();
        self.world.advance(self.now);
        self.published()
    }

    /// What was published, in short: `1001 READY (pending)`, `1001 PUT ACTIVE own/other`, `1001 error`.
    fn published(&mut self) -> Vec<String> {
        self.world.take_notifications().iter().map(|n| brief(&n.node, &n.update)).collect()
    }
}

fn brief(node: &str, update: &str) -> String {
    let update = Element::parse(update).unwrap();
    let id = node.split('/').nth(4).unwrap_or_default();
    let data = update.child("data").unwrap();
    if let Some(user) = data.child("user") {
        let pending = user.text_of("pendingState").map(|state| format!(" ({state})")).unwrap_or_default();
        let code = user.child("ReasonCode").and_then(|reason| reason.text_of("code")).map(|code| format!(" {code}"));
        return format!("{id} {}{}{pending}", user.text_of("state").unwrap(), code.unwrap_or_default());
    }
    if let Some(errors) = data.child("apiErrors") {
        let error = errors.child("apiError").unwrap();
        let text = |name| error.text_of(name).unwrap_or_default();
        return format!("{id} {} {} {}", text("errorType"), text("errorData"), text("errorMessage"));
    }
    let dialog = data.child("dialog").or_else(|| data.child("dialogs").and_then(|all| all.child("Dialog"))).unwrap();
    let parties = dialog.child("participants").unwrap().children.iter();
    let parties = parties.map(|party| {
        let kind = if party.text_of("mediaAddressType").is_some() { "agent" } else { "far" };
        format!(" {kind}:{}", party.text_of("state").unwrap())
    });
    let event = update.text_of("event").unwrap();
    format!("{id} {event} {}{}", dialog.text_of("state").unwrap(), parties.collect::<String>())
}

#[test]
fn a_call_of_a_queue_on_ucce_with_required_wrap_up() {
    let mut bench = Bench::new(Flavour::Ucce, WrapUp::Required);
    bench.ready("1001", "2001");
    assert_eq!(bench.place("8010").1, ["1001 RESERVED", "1001 POST ALERTING far:INITIATED agent:ALERTING"],);
    assert_eq!(bench.act("1001", "ANSWER"), ["1001 PUT ACTIVE far:ACTIVE agent:ACTIVE", "1001 TALKING"]);
    assert_eq!(bench.act("1001", "HOLD"), ["1001 PUT ACTIVE far:ACTIVE agent:HELD", "1001 HOLD"]);
    assert_eq!(bench.act("1001", "HOLD"), ["1001 Generic Error 2001 INVALID_ACTION HOLD on extension 2001"]);
    assert_eq!(bench.act("1001", "RETRIEVE"), ["1001 PUT ACTIVE far:ACTIVE agent:ACTIVE", "1001 TALKING"]);
    assert_eq!(
        bench.act("1001", "DROP"),
        ["1001 PUT ACTIVE far:ACTIVE agent:WRAP_UP", "1001 WORK_READY", "1001 PUT ACTIVE far:DROPPED agent:WRAP_UP",],
    );
    assert_eq!(bench.wait(Duration::from_secs(30)), ["1001 DELETE DROPPED far:DROPPED agent:DROPPED", "1001 READY"],);
    assert!(bench.world.calls.is_empty() && bench.world.timers.keys().count() == 1, "only presence is watched");
}

#[test]
fn a_call_of_a_queue_on_uccx_without_wrap_up() {
    let mut bench = Bench::new(Flavour::Uccx, WrapUp::Optional);
    bench.ready("1001", "2001");
    assert_eq!(bench.place("10").1, ["1001 RESERVED", "1001 POST ALERTING far:INITIATED agent:ALERTING"],);
    assert_eq!(bench.act("1001", "ANSWER"), ["1001 PUT ACTIVE far:ACTIVE agent:ACTIVE", "1001 TALKING"]);
    assert_eq!(bench.act("1001", "HOLD"), ["1001 PUT ACTIVE far:ACTIVE agent:HELD"]);
    assert_eq!(bench.state("1001", "READY"), ["1001 Invalid State 265 CF_INVALID_AGENT_WORKMODE"]);
    assert_eq!(bench.state("1001", "NOT_READY"), ["1001 TALKING (NOT_READY)"]);
    assert_eq!(bench.state("1001", "NOT_READY"), ["1001 Invalid State 265 CF_INVALID_AGENT_WORKMODE"]);
    assert_eq!(bench.act("1001", "RETRIEVE"), ["1001 PUT ACTIVE far:ACTIVE agent:ACTIVE"]);
    let dialog = *bench.world.calls.keys().next().unwrap();
    bench.world.far_end_hangs_up(dialog, bench.now).unwrap();
    assert_eq!(
        bench.published(),
        [
            "1001 PUT ACTIVE far:DROPPED agent:ACTIVE",
            "1001 PUT DROPPED far:DROPPED agent:DROPPED",
            "1001 DELETE DROPPED far:DROPPED agent:DROPPED",
            "1001 NOT_READY",
        ],
    );
}

#[test]
fn calls_outside_queues_change_the_state_on_ucce_only() {
    for (flavour, talking) in [(Flavour::Ucce, true), (Flavour::Uccx, false)] {
        let mut bench = Bench::new(flavour, WrapUp::Optional);
        bench.sign_in("1001", "2001");
        bench.sign_in("1002", "2002");
        let expected = [
            "1001 POST INITIATING agent:INITIATING",
            "1001 TALKING",
            "1001 PUT INITIATED agent:INITIATED",
            "1001 PUT ALERTING agent:INITIATED agent:ALERTING",
            "1002 POST ALERTING agent:INITIATED agent:ALERTING",
        ];
        let expected = expected.into_iter().filter(|line| talking || *line != "1001 TALKING");
        assert_eq!(bench.make_call("1001", "2001", "2002"), expected.collect::<Vec<_>>());
        if !talking {
            assert_eq!(bench.state("1001", "READY"), ["1001 Invalid State 33 CF_RESOURCE_BUSY"]);
        }
        let answered = bench.act("1002", "ANSWER");
        assert_eq!(answered.contains(&"1002 TALKING".to_owned()), talking);
        let dropped = bench.act("1002", "DROP");
        assert_eq!(dropped.iter().filter(|line| line.contains("DELETE DROPPED")).count(), 2);
        assert_eq!(dropped.contains(&"1001 NOT_READY".to_owned()), talking);
    }
}

#[test]
fn a_number_outside_answers_by_itself_and_some_fail() {
    let mut bench = Bench::new(Flavour::Ucce, WrapUp::Optional);
    bench.ready("1001", "2001");
    let made = bench.make_call("1001", "2001", "5557777");
    assert_eq!(made.first().map(String::as_str), Some("1001 NOT_READY 50006"));
    assert_eq!(made.last().map(String::as_str), Some("1001 PUT ALERTING agent:INITIATED far:ALERTING"));
    assert_eq!(bench.wait(Duration::from_millis(500)), ["1001 PUT ACTIVE agent:ACTIVE far:ACTIVE"]);
    assert_eq!(
        bench.make_call("1001", "2001", "5558888"),
        ["1001 Generic Error 2001 INVALID_ACTION MAKE_CALL on extension 2001"],
    );
    bench.act("1001", "DROP");
    for (number, cause) in [("5550000", "BAD_DESTINATION"), ("5551111", "BUSY"), ("2002", "BAD_DESTINATION")] {
        let made = bench.make_call("1001", "2001", number);
        assert_eq!(made.last().map(String::as_str), Some("1001 PUT FAILED agent:FAILED"));
        let dialog = *bench.world.calls.keys().next().unwrap();
        assert!(bench.world.dialog_xml(dialog, None).unwrap().contains(&format!("<stateCause>{cause}</stateCause>")));
        assert_eq!(bench.act("1001", "DROP").last().map(String::as_str), Some("1001 NOT_READY 50006"));
    }
    assert!(bench.world.calls.is_empty());
}

#[test]
fn an_unanswered_call_goes_to_the_next_agent() {
    for (flavour, code) in [(Flavour::Ucce, "32767"), (Flavour::Uccx, "32763")] {
        let mut bench = Bench::new(flavour, WrapUp::Optional);
        bench.ready("1001", "2001");
        bench.wait(Duration::from_secs(1));
        bench.ready("1002", "2002");
        assert_eq!(bench.place("8010").1.first().map(String::as_str), Some("1001 RESERVED"), "the longest ready");
        assert_eq!(
            bench.wait(Duration::from_secs(20)),
            [
                "1001 DELETE DROPPED far:INITIATED agent:DROPPED".to_owned(),
                format!("1001 NOT_READY {code}"),
                "1002 RESERVED".to_owned(),
                "1002 POST ALERTING far:INITIATED agent:ALERTING".to_owned(),
            ],
        );
    }
}

#[test]
fn a_waiting_call_goes_to_whoever_becomes_ready() {
    let mut bench = Bench::new(Flavour::Ucce, WrapUp::Optional);
    let (dialog, published) = bench.place("8010");
    assert!(published.is_empty());
    bench.sign_in("1001", "2001");
    let ready = bench.state("1001", "READY");
    assert_eq!(ready, ["1001 READY", "1001 RESERVED", "1001 POST ALERTING far:INITIATED agent:ALERTING"]);
    bench.world.far_end_hangs_up(dialog, bench.now).unwrap();
    assert_eq!(bench.published().last().map(String::as_str), Some("1001 READY"));
    let (dialog, _) = bench.place("8020");
    bench.world.far_end_hangs_up(dialog, bench.now).unwrap();
    assert!(bench.world.calls.is_empty() && bench.world.queues.iter().all(|(.., waiting)| waiting.is_empty()));
}

#[test]
fn what_is_not_allowed_in_a_state_is_refused_as_documented() {
    let table = [
        (Flavour::Ucce, "NOT_READY", "1001 Invalid State 257 CF_INVALID_PASSWORD_SPECIFIED"),
        (Flavour::Uccx, "NOT_READY", "1001 Invalid State 1010 CF_INVALID_PARAMETER"),
        (Flavour::Ucce, "READY", "1001 Invalid State 22 CF_INVALID_OBJECT_STATE"),
        (Flavour::Ucce, "LOGOUT", "400 Invalid State state"),
        (Flavour::Ucce, "HOLD", "400 Invalid Input state"),
        (Flavour::Ucce, "LOGIN", "400 Parameter Missing extension"),
        (Flavour::Ucce, "", "400 Parameter Missing state"),
    ];
    for (flavour, state, expected) in table {
        assert_eq!(Bench::new(flavour, WrapUp::Optional).state("1001", state), [expected], "{flavour} {state}");
    }
    let mut bench = Bench::new(Flavour::Ucce, WrapUp::Optional);
    assert_eq!(bench.sign_in("1001", "20x1"), ["400 Bad Request extension"]);
    assert_eq!(bench.sign_in("1001", "9999"), ["1001 Invalid Device 260 CF_INVALID_LOGON_DEVICE_SPECIFIED"]);
    bench.ready("1001", "2001");
    assert_eq!(bench.sign_in("1002", "2001"), ["1002 Device Busy 283 CF_SPECIFIED_EXTENSION_ALREADY_IN_USE"],);
    assert_eq!(bench.sign_in("1001", "2001"), ["1001 READY"], "a forced sign-in keeps the state");
    assert_eq!(bench.state("1001", "WORK"), ["1001 Invalid State 22 CF_INVALID_OBJECT_STATE"]);
    assert_eq!(bench.state("1001", "LOGOUT"), ["1001 Invalid State 22 CF_INVALID_OBJECT_STATE"]);
    let reason = |id: &str| format!("<state>NOT_READY</state><reasonCodeId>{id}</reasonCodeId>");
    assert_eq!(bench.user("1001", &reason("99")), ["400 Invalid Input reasonCodeId"]);
    assert_eq!(bench.user("1001", &reason("3")), ["400 Invalid Input reasonCodeId"], "another team's");
    assert_eq!(bench.user("1001", &reason("1")), ["1001 NOT_READY 10"]);
    assert_eq!(bench.make_call("1001", "2001", "2001"), ["400 Invalid Destination 2001"]);
    assert_eq!(bench.make_call("1001", "2002", "2003"), ["400 Invalid Input fromAddress"]);
    let mut uccx = Bench::new(Flavour::Uccx, WrapUp::Optional);
    uccx.ready("1001", "2001");
    assert_eq!(uccx.make_call("1001", "2001", "5557"), ["1001 Invalid State 265 CF_INVALID_AGENT_WORKMODE"]);
    assert_eq!(uccx.state("1001", "LOGOUT"), ["1001 LOGOUT"]);
}

#[test]
fn a_pending_state_takes_effect_after_the_call() {
    let mut bench = Bench::new(Flavour::Ucce, WrapUp::Optional);
    bench.ready("1001", "2001");
    bench.place("8010");
    bench.act("1001", "ANSWER");
    assert_eq!(bench.state("1001", "NOT_READY"), ["1001 TALKING (NOT_READY)"]);
    assert_eq!(bench.state("1001", "WORK"), ["1001 TALKING (WORK)"]);
    let dropped = bench.act("1001", "DROP");
    assert_eq!(dropped.get(1).map(String::as_str), Some("1001 WORK"));
    let ended = bench.state("1001", "READY");
    assert_eq!(ended, ["1001 DELETE DROPPED far:DROPPED agent:DROPPED", "1001 READY"]);
    assert!(bench.wait(Duration::from_secs(30)).iter().all(|line| !line.contains("NOT_READY")));
}

#[test]
fn a_lost_presence_signs_out_after_its_time() {
    let mut bench = Bench::new(Flavour::Ucce, WrapUp::Optional);
    bench.ready("1001", "2001");
    bench.world.set_sessions(0, 1, bench.now);
    assert!(bench.wait(Duration::from_secs(600)).is_empty());
    bench.world.set_sessions(0, 0, bench.now);
    assert!(bench.wait(Duration::from_secs(59)).is_empty());
    bench.world.set_sessions(0, 1, bench.now);
    assert!(bench.wait(Duration::from_secs(59)).is_empty(), "a return in time saves the agent");
    bench.world.set_sessions(0, 0, bench.now);
    assert_eq!(bench.wait(Duration::from_secs(60)), ["1001 LOGOUT 255"]);
    bench.world.logout_on_disconnect = false;
    bench.ready("1001", "2001");
    bench.place("8010");
    bench.act("1001", "ANSWER");
    assert!(bench.wait(Duration::from_secs(60)).is_empty(), "a call is not cut");
    assert_eq!(bench.act("1001", "DROP").last().map(String::as_str), Some("1001 NOT_READY 255"));
}

#[test]
fn five_wrong_passwords_block_for_five_minutes() {
    let mut bench = Bench::new(Flavour::Ucce, WrapUp::Optional);
    let mut check = |password, now| bench.world.authenticate("1001", password, now).is_ok();
    (0..4).for_each(|_| assert!(!check("wrong", NOW)));
    assert!(check("demo", NOW));
    (0..5).for_each(|_| assert!(!check("wrong", NOW)));
    assert!(!check("demo", NOW + 299_999));
    assert!(check("demo", NOW + 300_000));
}

#[test]
fn requests_of_one_object_are_executed_one_after_another() {
    let mut bench = Bench::new(Flavour::Ucce, WrapUp::Optional);
    bench.world.timers_of.cti = Duration::from_millis(50);
    assert!(bench.sign_in("1001", "2001").is_empty());
    assert!(bench.state("1001", "READY").is_empty());
    assert!(bench.sign_in("1002", "2002").is_empty());
    assert_eq!(bench.wait(Duration::from_millis(50)), ["1001 NOT_READY", "1002 NOT_READY"]);
    assert_eq!(bench.wait(Duration::from_millis(50)), ["1001 READY"]);
}
