//! Random days of a call centre whose notifications come twice, late and in another order. Whatever happens, every
//! subscriber sees each event once and in order, and in the end every session is what Finesse is.
//!
//! `GC_DAYS` says how many days; a day that fails names the seed, and `GC_DAY=<seed>` plays it alone, or as the first of
//! `GC_DAYS`.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::{FutureExt as _, StreamExt as _, stream};
use generic_connector::command::agent::{Login, Logout, MakeNotReady, MakeReady, MobileAgentLogin};
use generic_connector::command::call::{
    AnswerCall, ConferenceCall, ConsultCall, HoldCall, MakeCall, ReleaseCall, RetrieveCall, TransferCall,
    TransferSingleStep,
};
use generic_connector::command::supervisor::{
    BargeIn, DropParticipant, EndSilentMonitor, GetTeamUsers, LogOutMember, SetMemberState, SilentMonitor,
};
use generic_connector::command::{self, Command};
use generic_connector::finesse::{self, Credentials};
use generic_connector::model::Reason;
use generic_connector::model::agent::{AgentState, MobileMode};
use generic_connector::model::dialog::Dialog;
use generic_connector::model::event::{Payload, Snapshot};
use generic_connector::model::id::{AgentId, DialogId, Sequence};
use generic_connector::model::reply::{Answer, Reply};
use generic_connector::model::team::TeamMember;
use generic_connector::session::{self, Handle, Item, Manager, Start, Subscription};
use generic_connector::sim::{Disorder, Flavour, Service};

use crate::support::{LIMIT, World, finesse_options, session_options, within};

const AGENTS: [&str; 4] = ["1001", "1002", "1003", "1004"];
const SUPERVISOR: &str = "1101";
const STEPS: usize = 40;

/// One desktop: it follows the events, and resumes after each cut.
struct Desk {
    id: AgentId,
    handle: Handle,
    events: Subscription,
    last: Sequence,
    team: BTreeMap<String, AgentState>,
    /// The event that the team was listed after; what was told before is part of the list.
    team_from: Sequence,
    /// Whether notifications get lost, and with them refusals that nothing else tells.
    lossy: bool,
}

impl Desk {
    async fn start(manager: &Manager, id: &str, lossy: bool) -> Self {
        let id: AgentId = id.parse().unwrap();
        let connect =
            command::agent::Connect { agent_id: id.clone(), password: "demo".to_owned().into(), client_name: None };
        let connected = within("connect", manager.connect(connect)).await.unwrap();
        let events = connected.handle.subscribe(None).await.unwrap();
        let last = events.cursor().sequence;
        Self { id, handle: connected.handle, events, last, team: BTreeMap::new(), team_from: Sequence(0), lossy }
    }

    fn extension(&self) -> String {
        format!("2{}", &self.id.as_str()[1..])
    }

    async fn run(&self, command: Command) -> Result<Reply, generic_connector::model::Error> {
        self.answer(command).await.map(|answer| answer.reply)
    }

    async fn answer(&self, command: Command) -> Result<Answer, generic_connector::model::Error> {
        let name = command.name();
        let done = within("an outcome", self.handle.execute(command, command::Options::default(), None)).await;
        if let Err(error) = &done
            && !self.lossy
        {
            assert_ne!(error.reason, Reason::OutcomeUnknown, "{} {name}: {error:?}", self.id);
        }
        done
    }

    /// A supervisor watches the team, or no longer; whether that could be done.
    async fn watch(&mut self, subscribe: bool) -> bool {
        let team_id = "1".parse().unwrap();
        let ask = GetTeamUsers { team_id, subscribe, include_logged_out: Some(true) };
        let Ok(answer) = self.answer(Command::GetTeamUsers(ask)).await else { return false };
        let Reply::Team { members, .. } = answer.reply else { panic!("no team: {answer:?}") };
        self.follow(Duration::ZERO, Some(answer.as_of)).await;
        self.team = members.iter().map(|member| (member.id.to_string(), member.state)).collect();
        self.team_from = answer.as_of;
        true
    }

    /// Takes the events that have come; each must be the next one.
    async fn follow(&mut self, patience: Duration, until: Option<Sequence>) {
        while until.is_none_or(|until| self.last < until)
            && let Ok(item) = tokio::time::timeout(patience, self.events.next()).await
        {
            match item {
                Item::Event(published) => {
                    let event = &published.event;
                    assert_eq!(event.cursor.sequence.0, self.last.0 + 1, "{}: a hole or a repetition", self.id);
                    self.last = event.cursor.sequence;
                    if let Payload::TeamMemberChanged(member) = &event.payload
                        && event.cursor.sequence > self.team_from
                    {
                        self.team.insert(member.id.to_string(), member.state);
                    }
                }
                Item::Stale(_) | Item::Current => {}
                Item::Ended(ended) => panic!("{} is cut: {ended:?}", self.id),
            }
        }
    }

    async fn cut(&mut self) {
        self.events = self.handle.subscribe(Some(self.events.cursor())).await.unwrap();
        assert!(matches!(self.events.start, Start::Resumed { .. }), "{:?}", self.events.start);
    }

    async fn snapshot(&self) -> std::sync::Arc<Snapshot> {
        self.handle.snapshot().await.unwrap()
    }
}

/// What an agent may try next; much of it is refused, as in life.
async fn random_command(desk: &Desk, random: &mut fastrand::Rng) -> Option<Command> {
    let snapshot = desk.snapshot().await;
    let dialog_id: Option<DialogId> = random.choice(snapshot.dialogs.iter()).map(|view| view.dialog.id.clone());
    let colleague = random.choice(AGENTS)?;
    let to = if random.bool() { format!("2{}", &colleague[1..]) } else { format!("555000{}", random.u8(0..10)) };
    let supervisor = desk.id.as_str() == SUPERVISOR;
    let Some(dialog_id) = dialog_id else {
        let (member_id, extension) = (colleague.parse().unwrap(), format!("2{}", &colleague[1..]).parse().unwrap());
        return Some(match random.u8(0..if supervisor { 7 } else { 3 }) {
            0 if !supervisor => Command::MakeReady(MakeReady {}),
            0 | 1 => Command::MakeNotReady(MakeNotReady {}),
            2 => Command::MakeCall(MakeCall { to: to.parse().unwrap() }),
            3 => Command::SetMemberState(SetMemberState { member_id, state: AgentState::Ready }),
            4 => Command::SetMemberState(SetMemberState { member_id, state: AgentState::NotReady }),
            5 => Command::SilentMonitor(SilentMonitor { extension }),
            _ => Command::LogOutMember(LogOutMember { member_id }),
        });
    };
    let to = to.parse().unwrap();
    Some(match random.u8(0..if supervisor { 14 } else { 11 }) {
        0 | 1 => Command::AnswerCall(AnswerCall { dialog_id }),
        2 => Command::HoldCall(HoldCall { dialog_id }),
        3 => Command::RetrieveCall(RetrieveCall { dialog_id }),
        4 => Command::ReleaseCall(ReleaseCall { dialog_id }),
        5 | 6 => Command::ConsultCall(ConsultCall { to, dialog_id }),
        7 => Command::TransferCall(TransferCall { dialog_id, extension: None }),
        8 => Command::ConferenceCall(ConferenceCall { dialog_id, extension: None }),
        9 => Command::TransferSingleStep(TransferSingleStep { to, dialog_id }),
        10 => Command::MakeReady(MakeReady {}),
        11 => Command::EndSilentMonitor(EndSilentMonitor { dialog_id }),
        12 => Command::BargeIn(BargeIn { member: colleague.parse().unwrap(), dialog_id }),
        _ => {
            let media_address = format!("2{}", &colleague[1..]).parse().unwrap();
            Command::DropParticipant(DropParticipant { media_address, dialog_id })
        }
    })
}

fn login(extension: &str) -> Command {
    Command::Login(Login { password: None, extension: extension.parse().unwrap() })
}

fn mobile(extension: &str, mode: MobileMode) -> Command {
    let (extension, dial_number) = (extension.parse().unwrap(), "5557777".parse().unwrap());
    Command::MobileAgentLogin(MobileAgentLogin { password: None, extension, dial_number, mode })
}

/// Whether a session is what Finesse says; what differs otherwise.
async fn differs(desk: &Desk, client: &finesse::Client) -> Option<String> {
    let who = Credentials::new(desk.id.clone(), "demo".to_owned().into());
    let user = client.user(&who).await.unwrap();
    let dialogs = client.dialogs(&who).await.unwrap();
    let snapshot = desk.snapshot().await;
    let own = desk.extension();
    let shown = |dialog: &Dialog| match dialog.call_type.as_str() {
        "SUPERVISOR_MONITOR" => dialog.from_address == own,
        "BARGE_IN_CONSULT" => false,
        _ => true,
    };
    // What others may do changes without a word to the agent, and so goes who has left.
    let own_actions = |mut dialog: Dialog| {
        dialog.participants.retain(|party| party.media_address == own || !party.state.is_over());
        dialog
            .participants
            .iter_mut()
            .filter(|party| party.media_address != own)
            .for_each(|party| party.actions.clear());
        dialog
    };
    let mut truth: Vec<Dialog> = dialogs.into_iter().filter(shown).map(own_actions).collect();
    let mut known: Vec<Dialog> = snapshot.dialogs.iter().map(|view| own_actions(view.dialog.clone())).collect();
    truth.sort_by(|a, b| a.id.cmp(&b.id));
    known.sort_by(|a, b| a.id.cmp(&b.id));
    let agent = &snapshot.agent;
    let same = user.state == Some(agent.state)
        && user.pending_state == agent.pending_state
        && user.state_change_time == agent.state_change_time
        && user.extension == Some(agent.extension.clone())
        && truth == known;
    let apart = |of: &[Dialog], from: &[Dialog]| {
        let apart = of.iter().filter(|dialog| !from.contains(dialog));
        apart.map(|dialog| format!("{} {} {:?}", dialog.id, dialog.call_type, dialog.participants)).collect::<Vec<_>>()
    };
    (!same).then(|| {
        let says = (user.state, user.pending_state, user.state_change_time, apart(&truth, &known));
        let knows = (agent.state, agent.pending_state, agent.state_change_time, apart(&known, &truth));
        format!("{}: finesse says {says:?}, the session {knows:?}", desk.id)
    })
}

/// What differs between the members as the supervisor's events told them and the team.
async fn team_differs(desk: &Desk, client: &finesse::Client) -> Option<String> {
    let who = Credentials::new(desk.id.clone(), "demo".to_owned().into());
    let team = client.team(&who, &"1".parse().unwrap(), true).await.unwrap();
    let state = |member: &TeamMember| (member.id.to_string(), member.state);
    let truth: BTreeMap<String, AgentState> = team.members.iter().map(state).collect();
    (truth != desk.team).then(|| format!("the team is {truth:?}, told was {:?}", desk.team))
}

async fn day(seed: u64) {
    let mut random = fastrand::Rng::with_seed(seed);
    let flavour = if random.bool() { Flavour::Ucce } else { Flavour::Uccx };
    // On every other day links are cut and Finesse is out of service now and then.
    let lossy = random.bool();
    let patience = Duration::from_secs(3);
    let outcome_timeout = if lossy { patience } else { session_options().outcome_timeout };
    let options = session::Options { login_timeout: patience, outcome_timeout, ..session_options() };
    let world = World::with(flavour, options).await;
    let client = finesse::Client::new(finesse_options(&world.sim)).unwrap();
    let control = world.sim.control();
    control.set_disorder(Some(Disorder { seed, within_ms: 30 }));
    let mut desks = Vec::new();
    for id in AGENTS.iter().chain([&SUPERVISOR]) {
        let desk = Desk::start(&world.manager, id, lossy).await;
        desk.run(login(&desk.extension())).await.unwrap();
        desks.push(desk);
    }
    assert!(desks.last_mut().unwrap().watch(true).await);
    let mut signing_in = Vec::new();
    let mut calls = Vec::new();
    for _ in 0..STEPS {
        match random.u8(0..18) {
            0 => {
                let to = if random.bool() { "10".to_owned() } else { desks[random.usize(0..4)].extension() };
                calls.extend(control.place_call("5551234", &to, &[("callVariable1", "x")]));
            }
            1 => {
                if let Some(call) = random.choice(calls.iter()) {
                    // It may be over.
                    let _ = control.hang_up(*call);
                }
            }
            2 => desks[random.usize(0..5)].cut().await,
            3 => {
                let desk = &desks[random.usize(0..5)];
                let _ = desk.run(login(&desk.extension())).await;
            }
            4 => {
                // The set-up call may be answered, or not.
                let desk = &desks[random.usize(0..5)];
                let mode = random.choice([MobileMode::CallByCall, MobileMode::NailedConnection]).unwrap();
                let (handle, command) = (desk.handle.clone(), mobile(&desk.extension(), mode));
                signing_in.push(tokio::spawn(async move { handle.execute(command, Default::default(), None).await }));
            }
            5 => drop(desks[random.usize(0..5)].run(Command::Logout(Logout {})).await),
            6 => {
                let watched = random.bool();
                desks.last_mut().unwrap().watch(watched).await;
            }
            7 if lossy => control.kill_sessions(Some(desks[random.usize(0..5)].id.as_str())).unwrap(),
            8 if lossy && random.u8(0..3) == 0 => {
                control.set_service(Service::Out);
                let desk = &desks[random.usize(0..5)];
                if let Some(command) = random_command(desk, &mut random).await {
                    drop(desk.run(command).await);
                }
                control.set_service(Service::In);
            }
            _ => {
                let desk = &desks[random.usize(0..5)];
                let Some(command) = random_command(desk, &mut random).await else { continue };
                let other = &desks[random.usize(0..5)];
                match random_command(other, &mut random).await {
                    // Two at once, in one session or in two.
                    Some(second) if random.bool() => drop(tokio::join!(desk.run(command), other.run(second))),
                    _ => drop(desk.run(command).await),
                }
            }
        }
        for desk in &mut desks {
            desk.follow(Duration::ZERO, None).await;
        }
    }
    control.set_disorder(None);
    for signed_in in signing_in {
        // Done, refused, or never answered at the phone; it only has to end.
        drop(within("the end of a mobile sign-in", signed_in).await);
    }
    let mut last = String::new();
    let settled = async {
        while !desks.last_mut().unwrap().watch(true).await {
            tokio::task::yield_now().await;
        }
        loop {
            let mut why = None;
            for desk in &mut desks {
                desk.follow(Duration::from_millis(20), None).await;
                why = why.or(differs(desk, &client).await);
            }
            why = why.or(team_differs(desks.last().unwrap(), &client).await);
            match why {
                None => return,
                Some(why) => last = why,
            }
        }
    };
    let settled = tokio::time::timeout(LIMIT, settled).await;
    assert!(settled.is_ok(), "day {seed} on {flavour:?}: {last}");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_the_order_of_notifications_sessions_end_as_finesse_is() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let days = match number("GC_DAY") {
        Some(seed) => seed..seed + number("GC_DAYS").unwrap_or(1),
        None => 0..number("GC_DAYS").unwrap_or(200),
    };
    let failed: Vec<u64> = stream::iter(days)
        .map(async |seed| AssertUnwindSafe(day(seed)).catch_unwind().await.is_err().then_some(seed))
        .buffer_unordered(6)
        .filter_map(async |failed| failed)
        .collect()
        .await;
    assert!(failed.is_empty(), "the days {failed:?} failed; GC_DAY=<seed> plays one alone");
}
