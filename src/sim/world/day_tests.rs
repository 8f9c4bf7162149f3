//! Random days: whatever is asked in whatever order, what is told adds up to what can be read, and nothing is left over.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::agent::AgentState;
use super::*;
use crate::sim::options::Flavour;
use crate::sim::seed::WrapUp;
use crate::sim::xml::Element;

const NOW: u64 = 1_709_629_631_466;
const PEOPLE: [(&str, &str); 4] = [("1001", "2001"), ("1002", "2002"), ("1003", "2003"), ("1101", "2101")];
const NUMBERS: [&str; 9] = ["2001", "2002", "2003", "2101", "8010", "5557777", "5550000", "5551111", "5552222"];

/// What one desktop knows from notifications alone: its state, and of each dialog the state and the own leg.
#[derive(Debug, Default)]
struct Desktop {
    state: String,
    dialogs: BTreeMap<u64, String>,
}

struct Day {
    world: World,
    now: u64,
    desktops: BTreeMap<String, Desktop>,
}

impl Day {
    fn new(flavour: Flavour, wrap_up: WrapUp, cti: u64) -> Self {
        let mut seed = Seed::standard();
        seed.agents.iter_mut().for_each(|block| {
            block.wrap_up = wrap_up;
            block.wrap_up_outgoing = wrap_up;
        });
        seed.max_parties = 4;
        let mut options =
            Options { flavour, seed, drop_participant_for: DropParticipantFor::All, ..Options::ephemeral() };
        options.timers.cti = std::time::Duration::from_millis(cti);
        let mut day = Self { world: World::new(&options, NOW), now: NOW, desktops: BTreeMap::new() };
        for (id, extension) in PEOPLE {
            day.put(id, &format!("<state>LOGIN</state><extension>{extension}</extension>"));
            let user = day.world.find_user(id, false).unwrap();
            day.world.set_sessions(user, 1, NOW);
        }
        day
    }

    fn put(&mut self, id: &str, body: &str) {
        let user = self.world.find_user(id, false).unwrap();
        let body = Element::parse(&format!("<User>{body}</User>")).unwrap();
        if let Ok(command) = self.world.check_user_put(user, &body) {
            self.world.submit(command, String::new(), self.now);
        }
    }

    /// One thing that somebody does: a person, a verb, and which dialog or number.
    fn act(&mut self, who: usize, verb: usize, which: usize) {
        const ACTIONS: [&str; 10] = [
            "ANSWER",
            "HOLD",
            "RETRIEVE",
            "DROP",
            "TRANSFER",
            "CONFERENCE",
            "CONSULT_CALL",
            "TRANSFER_SST",
            "PARTICIPANT_DROP",
            "START_RECORDING",
        ];
        let (id, extension) = PEOPLE[who % PEOPLE.len()];
        let user = self.world.find_user(id, false).unwrap();
        let number = NUMBERS[which % NUMBERS.len()];
        let own = &self.world.users[user].calls;
        let dialogs = if own.is_empty() { self.world.calls.keys().copied().collect() } else { own.clone() };
        let dialog = dialogs.get(which % dialogs.len().max(1)).copied().unwrap_or_default();
        match verb {
            0 => self.put(id, &format!("<state>LOGIN</state><extension>{extension}</extension>")),
            1 => {
                let phone = format!("<mode>NAILED_CONNECTION</mode><dialNumber>{number}</dialNumber>");
                let mobile = format!("<mobileAgent>{phone}</mobileAgent>");
                self.put(id, &format!("<state>LOGIN</state><extension>{extension}</extension>{mobile}"));
            }
            2..=5 => {
                let state = ["READY", "NOT_READY", "LOGOUT", "WORK"][verb - 2];
                self.put(id, &format!("<state>{state}</state>"));
            }
            6..=8 => {
                let action = ["MAKE_CALL", "SILENT_MONITOR", "BARGE_CALL"][verb - 6];
                let number = if verb == 6 { number } else { PEOPLE[which % PEOPLE.len()].1 };
                let own = self.world.users[user].calls.first().copied().unwrap_or_default();
                let body = format!(
                    "<Dialog><requestedAction>{action}</requestedAction><fromAddress>{extension}</fromAddress>\
                     <toAddress>{number}</toAddress>\
                     <associatedDialogUri>/finesse/api/Dialog/{own}</associatedDialogUri></Dialog>"
                );
                if let Ok(command) = self.world.check_dialogs_post(user, &Element::parse(&body).unwrap()) {
                    self.world.submit(command, String::new(), self.now);
                }
            }
            9..=18 => {
                let action = ACTIONS[verb - 9];
                let target = if action == "PARTICIPANT_DROP" { number } else { extension };
                let body = format!(
                    "<Dialog><requestedAction>{action}</requestedAction>\
                     <targetMediaAddress>{target}</targetMediaAddress><toAddress>{number}</toAddress></Dialog>"
                );
                if let Ok(command) = self.world.check_dialog_put(user, dialog, &Element::parse(&body).unwrap()) {
                    self.world.submit(command, String::new(), self.now);
                }
            }
            19 => drop(self.world.place_call("5551230000", number, Default::default(), self.now)),
            20 => drop(self.world.far_end_hangs_up(dialog, self.now)),
            21 => drop(self.world.far_end_answers(dialog, self.now)),
            22 => {
                let command = Command::Member { user, by: 20, state: AgentState::Logout };
                self.world.submit(command, String::new(), self.now);
            }
            _ => self.pass(1_000 << (which % 6)),
        }
        self.read();
        self.check();
    }

    fn pass(&mut self, millis: u64) {
        self.now += millis;
        self.world.advance(self.now);
    }

    /// Hears what was published, as a desktop would.
    fn read(&mut self) {
        for notification in self.world.take_notifications() {
            let id = notification.node.split('/').nth(4).unwrap().to_owned();
            let update = Element::parse(&notification.update).unwrap();
            let data = update.child("data").unwrap();
            let desktop = self.desktops.entry(id.clone()).or_default();
            if let Some(user) = data.child("user") {
                desktop.state = user.text_of("state").unwrap().to_owned();
            }
            let put = data.child("dialog");
            let Some(dialog) = put.or_else(|| data.child("dialogs")?.child("Dialog")) else { continue };
            let number = dialog.text_of("id").unwrap().parse().unwrap();
            let known = desktop.dialogs.contains_key(&number);
            let user = self.world.find_user(&id, false).unwrap();
            let brief = brief(dialog, PEOPLE.iter().find(|person| person.0 == self.world.login_id(user)).unwrap().1);
            match update.text_of("event").unwrap() {
                "POST" => assert!(!known, "{id} already had {number}"),
                event => assert!(known, "{id} got a {event} of the unknown {number}"),
            }
            match update.text_of("event").unwrap() {
                "DELETE" => desktop.dialogs.remove(&number),
                _ => desktop.dialogs.insert(number, brief),
            };
        }
    }

    /// What everybody was told is what everybody can read; and the world's tables fit each other.
    fn check(&self) {
        for (id, extension) in PEOPLE {
            let user = self.world.find_user(id, false).unwrap();
            let known = &self.desktops[id];
            let User { state, calls, monitored_by, .. } = &self.world.users[user];
            assert_eq!(known.state, state.name(), "{id}");
            let shown = Element::parse(&self.world.dialogs_xml(user)).unwrap();
            let shown = shown
                .children
                .iter()
                .map(|dialog| (dialog.text_of("id").unwrap().parse().unwrap(), brief(dialog, extension)));
            assert_eq!(known.dialogs, shown.collect(), "{id}");
            assert_eq!(calls.len() + monitored_by.len(), known.dialogs.len(), "{id}");
            let speaks = self.world.active_call(user).is_some();
            let legs = calls.iter().filter_map(|call| self.world.calls[call].leg(user));
            for leg in legs.filter(|leg| leg.state == call::PartyState::Held) {
                assert_eq!(leg.joinable, speaks, "{id}: TRANSFER and CONFERENCE need something to join");
            }
            for monitor in monitored_by {
                let heard = self.world.calls[monitor].monitors.unwrap();
                assert!(self.world.calls[&heard].leg(user).unwrap().live(), "{id} is heard in a call that is over");
            }
            let devices = self.world.devices.values().filter(|device| **device == Some(user)).count();
            assert_eq!(devices, usize::from(self.world.users[user].extension.is_some()), "{id}");
        }
        for (dialog, call) in &self.world.calls {
            assert!(call.queue.is_some() || !call.viewers().is_empty(), "nobody sees {dialog}: {call:?}");
        }
    }
}

/// All of a dialog but its times and what others can do; the own leg has to be there.
fn brief(dialog: &Element, own: &str) -> String {
    let text = |name| dialog.text_of(name).unwrap_or_default();
    let media = dialog.child("mediaProperties").unwrap();
    let mut line = format!("{} {}", text("state"), media.text_of("callType").unwrap());
    let parties = &dialog.child("participants").unwrap().children;
    assert!(parties.iter().any(|party| party.text_of("mediaAddress") == Some(own)), "{own} has no leg");
    for party in parties {
        let address = party.text_of("mediaAddress").unwrap();
        line += &format!(" {address}:{}", party.text_of("state").unwrap());
        for action in party.child("actions").unwrap().children.iter().filter(|_| address == own) {
            line += &format!(" {}", action.text);
        }
    }
    let more = ["associatedDialogUri", "secondaryId", "fromAddress", "toAddress"].map(text).join(" ");
    format!("{line} {more} {:?}", media.text_of("queueName"))
}

/// Anything, but calls and what joins them more often.
fn verb() -> impl Strategy<Value = usize> {
    prop_oneof![3 => 0_usize..26, 1 => Just(2), 2 => Just(9), 1 => Just(13), 1 => Just(14), 2 => Just(15), 1 => Just(19)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn what_is_told_is_what_can_be_read_and_every_day_ends(
        uccx in any::<bool>(),
        cti in prop_oneof![Just(0_u64), Just(50)],
        wrap_up in prop_oneof![
            Just(WrapUp::Optional), Just(WrapUp::Required), Just(WrapUp::NotAllowed), Just(WrapUp::RequiredWithWrapUpData)
        ],
        acts in prop::collection::vec((0_usize..4, verb(), 0_usize..12), 1..120),
    ) {
        let mut day = Day::new(if uccx { Flavour::Uccx } else { Flavour::Ucce }, wrap_up, cti);
        day.pass(1_000);
        day.read();
        for (who, verb, which) in acts {
            day.act(who, verb, which);
        }
        day.pass(60_000);
        day.read();
        // Everybody hangs up; what waits in a queue, too.
        for _ in 0..20 {
            for dialog in day.world.calls.keys().copied().collect::<Vec<_>>() {
                drop(day.world.far_end_hangs_up(dialog, day.now));
                day.world.clear(dialog, |_| true, day.now);
                day.pass(0);
            }
            day.pass(60_000);
            day.read();
            day.check();
        }
        prop_assert!(day.world.calls.is_empty(), "{:?}", day.world.calls);
        prop_assert!(day.world.timers.is_empty(), "{:?}", day.world.timers);
        for (id, _) in PEOPLE {
            let state = &day.desktops[id].state;
            prop_assert!(["LOGOUT", "READY", "NOT_READY"].contains(&state.as_str()), "{id} {state}");
        }
    }
}
