//! The situations in which Finesse refuses a command after its 202.

use std::time::Duration;

use generic_connector::command::Command;
use generic_connector::command::agent::{
    Login, Logout, MakeNotReady, MakeNotReadyWithReason, MakeReady, MakeWorkNotReady, MobileAgentLogin,
};
use generic_connector::command::call::{
    AnswerCall, ConferenceCall, ConsultCall, HoldCall, MakeCall, ReleaseCall, RetrieveCall, SendDtmf, TransferCall,
    TransferSingleStep,
};
use generic_connector::command::dialog::UpdateCallVariable;
use generic_connector::command::supervisor::{BargeIn, DropParticipant, LogOutMember, SetMemberState, SilentMonitor};
use generic_connector::finesse;
use generic_connector::model::agent::{AgentState, MobileMode};
use generic_connector::model::event::Payload;
use generic_connector::model::id::DialogId;
use generic_connector::model::reason::ReasonKey;
use generic_connector::model::reply::Reply;
use generic_connector::session::Manager;
use generic_connector::shutdown::Tasks;
use generic_connector::sim::seed::WrapUp;
use generic_connector::sim::{self, Flavour};

use crate::support::{Desk, World, finesse_options, on_a_call, session_options, within};

/// What goes before the command that is refused. The agent is 1001 on 2001 unless it says otherwise.
#[derive(Clone, Copy, Debug)]
pub enum Scene {
    SignInElsewhere,
    SignInNowhere,
    SignInAtBadDevice,
    SignInAtBusyDevice,
    MobileInWrongMode,
    MobileAtBadNumber,
    NotReadySignedOut,
    ReadySignedOut,
    WorkFromReady,
    LogoutFromReady,
    LogoutInCall,
    NotReadyWhileReserved,
    ReadyInPlainCall,
    ReadyInQueueCall,
    NotReadyTwice,
    WorkInPlainCall,
    WrapUpWithoutData,
    CallFromReady,
    CallInWrapUp,
    CallInCall,
    CallToFault,
    HoldRinging,
    RetrieveRinging,
    ReleaseRinging,
    AnswerHeld,
    DataRinging,
    TonesRinging,
    TonesUnknown,
    ConsultHeld,
    ConsultFault,
    TransferAlone,
    TransferToSame,
    ConferenceAlone,
    ConferenceOfOther,
    ConferenceFull,
    SingleStepHeld,
    SingleStepOfConference,
    SingleStepToBusy,
    SingleStepToBad,
    SingleStepToFault,
    MonitorHeld,
    MonitorIdle,
    MonitorReady,
    MonitorMonitored,
    Barge,
    DropRinging,
    MemberNotReadyInCall,
    MemberReadySignedOut,
    MemberOutInPlainCall,
}

/// The standard world, but: 1011 to 1020 owe a reason in wrap-up, 1102 supervises both teams, four may confer.
pub async fn world(flavour: Flavour) -> World {
    let tasks = Tasks::new();
    let mut options = sim::Options::ephemeral();
    options.flavour = flavour;
    // There are many worlds: no certificates.
    (options.https, options.xmpp, options.xmpp_tls, options.wss) = (None, None, None, None);
    options.timers.far_end_answer = Some(Duration::from_millis(20));
    options.seed.max_parties = 4;
    for block in &mut options.seed.agents {
        match block.first_login_id {
            1011 => block.wrap_up = WrapUp::RequiredWithWrapUpData,
            1102 => block.supervises = vec!["1".to_owned(), "2".to_owned()],
            _ => {}
        }
    }
    let sim = sim::start(options, &tasks).await.unwrap();
    let client = finesse::Client::new(finesse_options(&sim)).unwrap();
    let manager = Manager::new(session_options(), client, &tasks);
    let mut status = manager.system();
    within("finesse in service", status.wait_for(|s| s.as_str() == "IN_SERVICE")).await.unwrap();
    World { sim, manager, tasks }
}

impl Scene {
    /// Plays what goes before, and says who is to run what.
    pub async fn arrange(self, world: &World) -> (Desk, Command) {
        let login = |extension: &str| Command::Login(Login { password: None, extension: extension.parse().unwrap() });
        let member = |state| Command::SetMemberState(SetMemberState { member_id: "1001".parse().unwrap(), state });
        match self {
            Self::SignInElsewhere => (world.agent("1001").await, login("2002")),
            Self::SignInNowhere => (signed_out(world, "1001").await, login("2777")),
            Self::SignInAtBadDevice => (signed_out(world, "1001").await, login("2999")),
            Self::SignInAtBusyDevice => {
                world.agent("1002").await;
                (signed_out(world, "1001").await, login("2002"))
            }
            Self::MobileInWrongMode => (signed_out(world, "1011").await, mobile("2011", "5557777")),
            Self::MobileAtBadNumber => (signed_out(world, "1001").await, mobile("2001", "5550000")),
            Self::NotReadySignedOut => (signed_out(world, "1001").await, Command::MakeNotReady(MakeNotReady {})),
            Self::ReadySignedOut => (signed_out(world, "1001").await, ready()),
            Self::WorkFromReady => (is_ready(world, "1001").await, Command::MakeWorkNotReady(MakeWorkNotReady {})),
            Self::LogoutFromReady => (is_ready(world, "1001").await, Command::Logout(Logout {})),
            Self::LogoutInCall => (in_call(world).await.0, Command::Logout(Logout {})),
            Self::NotReadyWhileReserved => {
                let mut ann = is_ready(world, "1001").await;
                world.sim.control().place_call("5551234", "10", &[]).unwrap();
                ann.state(AgentState::Reserved).await;
                (ann, Command::MakeNotReady(MakeNotReady {}))
            }
            Self::ReadyInPlainCall => (in_call(world).await.0, ready()),
            Self::ReadyInQueueCall => (in_queue_call(world, "1001").await.0, ready()),
            Self::NotReadyTwice => {
                let (ann, _) = in_queue_call(world, "1001").await;
                ann.run(Command::MakeNotReady(MakeNotReady {})).await.unwrap();
                let reason = ReasonKey::Id("1".parse().unwrap());
                (ann, Command::MakeNotReadyWithReason(MakeNotReadyWithReason { reason }))
            }
            Self::WorkInPlainCall => (in_call(world).await.0, Command::MakeWorkNotReady(MakeWorkNotReady {})),
            Self::WrapUpWithoutData => (in_wrap_up(world).await, ready()),
            Self::CallFromReady => (is_ready(world, "1001").await, call("5551234")),
            Self::CallInWrapUp => (in_wrap_up(world).await, call("5551234")),
            Self::CallInCall => (in_call(world).await.0, call("5551234")),
            Self::CallToFault => (world.agent("1001").await, call("5552222")),
            Self::HoldRinging => with(ringing(world).await, hold),
            Self::RetrieveRinging => {
                with(ringing(world).await, |dialog_id| Command::RetrieveCall(RetrieveCall { dialog_id }))
            }
            Self::ReleaseRinging => {
                with(ringing(world).await, |dialog_id| Command::ReleaseCall(ReleaseCall { dialog_id }))
            }
            Self::AnswerHeld => with(held(world).await, |dialog_id| Command::AnswerCall(AnswerCall { dialog_id })),
            Self::DataRinging => with(ringing(world).await, |dialog_id| {
                let (name, value) = ("callVariable1".to_owned(), "x".to_owned());
                Command::UpdateCallVariable(UpdateCallVariable { dialog_id, name, value })
            }),
            Self::TonesRinging => with(ringing(world).await, |dialog_id| tones(dialog_id, "1")),
            Self::TonesUnknown => with(in_call(world).await, |dialog_id| tones(dialog_id, "A")),
            Self::ConsultHeld => with(held(world).await, |id| consult(id, "5551234")),
            Self::ConsultFault => with(in_call(world).await, |id| consult(id, "5552222")),
            Self::TransferAlone => with(in_call(world).await, transfer),
            Self::TransferToSame => {
                // Both of Ann's calls are with Ben.
                let (ann, mut ben) = (world.agent("1001").await, world.agent("1002").await);
                let main = about(&ann.run(call("2002")).await.unwrap().reply);
                answer(&mut ben).await;
                ben.run(hold(main.clone())).await.unwrap();
                ann.run(consult(main.clone(), "2002")).await.unwrap();
                answer(&mut ben).await;
                (ann, transfer(main))
            }
            Self::ConferenceAlone => with(in_call(world).await, conference),
            Self::ConferenceOfOther => {
                let (mut ann, main) = in_call(world).await;
                let mut ben = world.agent("1002").await;
                ann.run(consult(main.clone(), "2002")).await.unwrap();
                answer(&mut ben).await;
                joinable(&mut ann, &main).await;
                ann.run(conference(main.clone())).await.unwrap();
                ben.run(consult(main.clone(), "5557777")).await.unwrap();
                joinable(&mut ben, &main).await;
                (ben, conference(main))
            }
            Self::ConferenceFull => {
                let (mut ann, main) = in_call(world).await;
                for number in ["5557771", "5557772"] {
                    ann.run(consult(main.clone(), number)).await.unwrap();
                    joinable(&mut ann, &main).await;
                    ann.run(conference(main.clone())).await.unwrap();
                }
                ann.run(consult(main.clone(), "5557773")).await.unwrap();
                joinable(&mut ann, &main).await;
                (ann, conference(main))
            }
            Self::SingleStepHeld => with(held(world).await, |id| single_step(id, "5557777")),
            Self::SingleStepOfConference => {
                let (mut ann, main) = in_call(world).await;
                ann.run(consult(main.clone(), "5557777")).await.unwrap();
                joinable(&mut ann, &main).await;
                ann.run(conference(main.clone())).await.unwrap();
                (ann, single_step(main, "5557778"))
            }
            Self::SingleStepToBusy => with(in_call(world).await, |id| single_step(id, "5551111")),
            Self::SingleStepToBad => with(in_call(world).await, |id| single_step(id, "5550000")),
            Self::SingleStepToFault => with(in_call(world).await, |id| single_step(id, "5552222")),
            Self::MonitorHeld => {
                let (ann, id) = in_queue_call(world, "1001").await;
                ann.run(hold(id)).await.unwrap();
                (world.agent("1101").await, monitor("2001"))
            }
            Self::MonitorIdle => {
                world.agent("1001").await;
                (world.agent("1101").await, monitor("2001"))
            }
            Self::MonitorReady => {
                is_ready(world, "1001").await;
                (world.agent("1101").await, monitor("2001"))
            }
            Self::MonitorMonitored => {
                in_queue_call(world, "1001").await;
                world.agent("1102").await.run(monitor("2001")).await.unwrap();
                (world.agent("1101").await, monitor("2001"))
            }
            Self::Barge => {
                in_queue_call(world, "1001").await;
                let sup = world.agent("1101").await;
                let dialog_id = about(&sup.run(monitor("2001")).await.unwrap().reply);
                (sup, Command::BargeIn(BargeIn { member: "1001".parse().unwrap(), dialog_id }))
            }
            Self::DropRinging => {
                world.agent("1001").await;
                let sup = world.agent("1101").await;
                let dialog_id = about(&sup.run(call("2001")).await.unwrap().reply);
                let media_address = "2001".parse().unwrap();
                (sup, Command::DropParticipant(DropParticipant { media_address, dialog_id }))
            }
            Self::MemberNotReadyInCall => {
                in_queue_call(world, "1001").await;
                (world.agent("1101").await, member(AgentState::NotReady))
            }
            Self::MemberReadySignedOut => (world.agent("1101").await, member(AgentState::Ready)),
            Self::MemberOutInPlainCall => {
                in_call(world).await;
                let member_id = "1001".parse().unwrap();
                (world.agent("1101").await, Command::LogOutMember(LogOutMember { member_id }))
            }
        }
    }
}

fn with((desk, id): (Desk, DialogId), command: impl Fn(DialogId) -> Command) -> (Desk, Command) {
    (desk, command(id))
}

fn ready() -> Command {
    Command::MakeReady(MakeReady {})
}

fn mobile(extension: &str, dial_number: &str) -> Command {
    Command::MobileAgentLogin(MobileAgentLogin {
        password: None,
        extension: extension.parse().unwrap(),
        dial_number: dial_number.parse().unwrap(),
        mode: MobileMode::NailedConnection,
    })
}

fn call(to: &str) -> Command {
    Command::MakeCall(MakeCall { to: to.parse().unwrap() })
}

fn hold(dialog_id: DialogId) -> Command {
    Command::HoldCall(HoldCall { dialog_id })
}

fn tones(dialog_id: DialogId, digits: &str) -> Command {
    Command::SendDtmf(SendDtmf { dialog_id, digits: digits.to_owned() })
}

fn consult(dialog_id: DialogId, to: &str) -> Command {
    Command::ConsultCall(ConsultCall { to: to.parse().unwrap(), dialog_id })
}

fn transfer(dialog_id: DialogId) -> Command {
    Command::TransferCall(TransferCall { dialog_id, extension: None })
}

fn conference(dialog_id: DialogId) -> Command {
    Command::ConferenceCall(ConferenceCall { dialog_id, extension: None })
}

fn single_step(dialog_id: DialogId, to: &str) -> Command {
    Command::TransferSingleStep(TransferSingleStep { to: to.parse().unwrap(), dialog_id })
}

fn monitor(extension: &str) -> Command {
    Command::SilentMonitor(SilentMonitor { extension: extension.parse().unwrap() })
}

fn about(reply: &Reply) -> DialogId {
    match reply {
        Reply::Dialog(view) => view.dialog.id.clone(),
        other => panic!("not about a call: {other:?}"),
    }
}

async fn signed_out(world: &World, agent: &str) -> Desk {
    let connected = world.connect(agent).await;
    let events = connected.handle.subscribe(None).await.unwrap();
    Desk { connected, events }
}

async fn is_ready(world: &World, agent: &str) -> Desk {
    let desk = world.agent(agent).await;
    desk.run(ready()).await.unwrap();
    desk
}

/// 1001 in a customer's call to the extension.
async fn in_call(world: &World) -> (Desk, DialogId) {
    on_a_call(world, "1001").await
}

async fn held(world: &World) -> (Desk, DialogId) {
    let (ann, id) = in_call(world).await;
    ann.run(hold(id.clone())).await.unwrap();
    (ann, id)
}

/// A customer's call rings at 1001.
async fn ringing(world: &World) -> (Desk, DialogId) {
    let mut ann = world.agent("1001").await;
    world.sim.control().place_call("5551234", "2001", &[]).unwrap();
    let id = ann.offered().await;
    (ann, id)
}

async fn answer(desk: &mut Desk) -> DialogId {
    let dialog_id = desk.offered().await;
    desk.run(Command::AnswerCall(AnswerCall { dialog_id: dialog_id.clone() })).await.unwrap();
    dialog_id
}

/// An agent in a customer's call of the own queue.
async fn in_queue_call(world: &World, agent: &str) -> (Desk, DialogId) {
    let mut desk = is_ready(world, agent).await;
    let queue = if agent < "1011" { "10" } else { "20" };
    world.sim.control().place_call("5551234", queue, &[]).unwrap();
    let id = answer(&mut desk).await;
    (desk, id)
}

/// 1011 after a call, owing a reason.
async fn in_wrap_up(world: &World) -> Desk {
    let (mut desk, id) = in_queue_call(world, "1011").await;
    desk.run(Command::ReleaseCall(ReleaseCall { dialog_id: id })).await.unwrap();
    desk.until(|event| match &event.payload {
        Payload::AgentStateChanged { agent, .. } => {
            matches!(agent.state, AgentState::Work | AgentState::WorkReady).then_some(())
        }
        _ => None,
    })
    .await;
    desk
}

/// Waits until the held call may be joined to the consult.
async fn joinable(desk: &mut Desk, main: &DialogId) {
    desk.until(|event| match &event.payload {
        Payload::DialogChanged { view, .. } if view.dialog.id == *main => {
            view.allowed_actions().iter().any(|action| action == "CONFERENCE").then_some(())
        }
        _ => None,
    })
    .await;
}
