//! How many agents two cores carry: real sessions under rising multiples of a call centre's load, and the line through them.

use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use futures_util::future::try_join3;
use generic_connector::pb;
use prost::Message as _;
use serde_json::json;
use tokio::task::LocalSet;
use tokio::time::{Instant, interval, sleep_until};

use super::Bench;
use super::event::relayed;
use super::memory::ROOM;
use crate::crowd::{desks, saturate, settle, subscribed};
use crate::measure::{Figure, Unit, line_through};
use crate::process::Process;
use crate::report::Goal;
use crate::roles::{self, ECHO, WATCH};
use crate::stage::{Agent, DTMF, SUBSCRIBE, Sim, Stage};
use crate::wire::count::{Framing, Tally};
use crate::wire::grpc::Grpc;
use crate::wire::http::control;

/// Of each agent in a second: 30 calls an hour, with 20 notifications and 6 commands each.
const NOTIFICATIONS: f64 = 30.0 * 20.0 / 3_600.0;
const COMMANDS: f64 = 30.0 * 6.0 / 3_600.0;
/// Agents of a team, and supervisors who watch all of them.
const TEAM: usize = 50;
const SUPERVISORS: usize = 5;
/// Between two handfuls of commands.
const TICK: Duration = Duration::from_millis(100);

/// The row.
pub fn run(bench: &mut Bench) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, measure(bench))
}

async fn measure(bench: &mut Bench) -> Result<()> {
    // With supervisors, notification links and requests to Finesse, 9,000 would use up the descriptors of a process.
    let count = bench.size(1_000, 6_000);
    // As long as a stream may be without a heartbeat, so that each has one of them within.
    let seconds = bench.size(3, 15) as u64;
    let multiples: &[f64] = if bench.quick { &[0.0, 8.0, 16.0] } else { &[0.0, 1.0, 2.0, 4.0] };
    let own = under(&service(count).await?, multiples, seconds).await?;
    let (_, loaded) = multiples.split_at(1);
    let relay = relay(count).await?;
    // It does nothing by itself.
    let mut relayed = under(&relay, &[0.0], 1).await?;
    relayed.extend(under(&relay, loaded, seconds).await?);
    drop(relay);
    bench.report.section(
        "Scale",
        &format!(
            "{count} real sessions, each with its own connection and stream, in a call, and {SUPERVISORS} supervisors on each team of {TEAM}, each with \
             a stream of the team: 6 deliveries for each notification. Of each agent come 20 notifications and 6 commands a call and 30 \
             calls an hour, and then a multiple of that. CPU is the server's in a second, of one core. The baseline passes the same \
             notifications on to as many streams, unparsed, and echoes the commands: it keeps nothing, and asks Finesse for nothing.",
        ),
    );
    let report = &mut bench.report;
    for (multiple, busy) in relayed.iter().filter(|(multiple, _)| *multiple > 0.0) {
        let what = format!("relay and echo, {multiple:.0} times the load, CPU in a second");
        report.line(&what, Unit::Milliseconds, &Figure::once(busy / 1_000.0));
    }
    for (multiple, busy) in &own {
        let what = format!("{multiple:.0} times the load, CPU in a second");
        let figure = Figure::once(busy / 1_000.0);
        match relayed.iter().find(|(other, _)| other == multiple && *other > 0.0) {
            Some((_, other)) => {
                report.against(&what, Unit::Milliseconds, &figure, "relay and echo", &Figure::once(other / 1_000.0));
            }
            None => report.line(&what, Unit::Milliseconds, &figure),
        }
    }
    let (idle, rise) = line_through(&own);
    let (relay_idle, relay_rise) = line_through(&relayed);
    let (each, relay_each) = ((idle + rise) / count as f64, (relay_idle + relay_rise) / count as f64);
    let relay_each = Figure::once(relay_each);
    report.line("relay and echo, each agent, CPU in a second", Unit::Microseconds, &relay_each);
    let what = "each agent, CPU in a second";
    report.against(what, Unit::Microseconds, &Figure::once(each), "relay and echo", &relay_each);
    report.line("of it without load", Unit::Microseconds, &Figure::once(idle / count as f64));
    let goal = Goal {
        id: "C5",
        what: "agents on 2 cores, both wholly busy, by the line".to_owned(),
        figure: 2.0 * 1_000_000.0 / each,
        must: None,
        stretch: 96_000.0,
        unit: "",
        more: true,
    };
    report.goal(goal, &[]);
    Ok(())
}

/// A server with all its agents and supervisors.
struct Crowd {
    // Dropped, and so stopped, before its simulator.
    server: Process,
    sim: Sim,
    address: String,
    /// The command.
    path: &'static str,
    agents: Vec<Agent>,
    /// Those who read.
    _tallies: Vec<Rc<Tally>>,
}

/// The service with so many agents.
async fn service(count: usize) -> Result<Crowd> {
    let stage = Stage::start(count, ROOM)?;
    let tally = Rc::new(Tally::default());
    let mut agents = Vec::new();
    for desk in desks(&stage, count).await? {
        agents.push(desk.leave(&tally).await?);
    }
    // As they were signed in, so that the simulator's load names the same ones.
    agents.sort_by(|a, b| a.id.cmp(&b.id));
    stage.call(&mut agents).await?;
    let mut tallies = vec![tally];
    for team in agents.chunks(TEAM) {
        let select = |agent: &Agent| pb::AgentSelector { agent_id: agent.id.clone(), cursor: None };
        let request = pb::SubscribeRequest { agents: team.iter().map(select).collect(), ..Default::default() };
        tallies.push(subscribed(&stage.grpc, SUBSCRIBE, &request.encode_to_vec(), SUPERVISORS).await?);
    }
    let Stage { service: server, sim, grpc: address, .. } = stage;
    Ok(Crowd { server, sim, address, path: DTMF, agents, _tallies: tallies })
}

/// The relay with as many.
async fn relay(count: usize) -> Result<Crowd> {
    let sim = Sim::start(count)?;
    let server = roles::start(Some(&sim.xmpp))?;
    let address = server.address("grpc")?;
    let tally = Rc::new(Tally::default());
    let mut agents: Vec<_> = (0..count).map(Agent::number).collect();
    for grpc in relayed(&sim, &address, &mut agents).await? {
        let (socket, input) = grpc.leave().await?;
        tally.watch(socket, Framing::Grpc, &input);
    }
    let mut tallies = vec![tally];
    for team in agents.chunks(TEAM) {
        let ids: Vec<_> = team.iter().map(|agent| agent.id.as_str()).collect();
        tallies.push(subscribed(&address, WATCH, ids.join(" ").as_bytes(), SUPERVISORS).await?);
    }
    Ok(Crowd { server, sim, address, path: ECHO, agents, _tallies: tallies })
}

/// The processor time in a second under each multiple of the load.
async fn under(crowd: &Crowd, multiples: &[f64], seconds: u64) -> Result<Vec<(f64, f64)>> {
    quiet(&crowd.server).await?;
    let mut points = Vec::new();
    for multiple in multiples {
        points.push((*multiple, load(crowd, *multiple, seconds).await?));
    }
    Ok(points)
}

/// Waits until what the calls and subscriptions caused is done.
async fn quiet(server: &Process) -> Result<()> {
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        let before = server.cpu();
        settle().await;
        if server.cpu() - before < 25_000.0 {
            return Ok(());
        }
        ensure!(Instant::now() < end, "the server does not come to rest");
    }
}

/// The processor time of the server in a second under that multiple of the load, microseconds.
async fn load(crowd: &Crowd, multiple: f64, seconds: u64) -> Result<f64> {
    let agents = &crowd.agents;
    let first = agents.first().context("no agent")?;
    // In the first second it becomes steady.
    let begin = Instant::now() + Duration::from_secs(1);
    let end = begin + Duration::from_secs(seconds);
    let per_second = (agents.len() as f64 * NOTIFICATIONS * multiple).round() as u64;
    let per_tick = (agents.len() as f64 * COMMANDS * multiple * TICK.as_secs_f64()).round() as usize;
    let notify = async {
        if per_second > 0 {
            let users = json!({ "from": first.id, "count": agents.len() });
            let load = json!({ "users": users, "per_second": per_second, "count": per_second * (seconds + 1) });
            control(&crowd.sim.control, "/load", &load).await?;
        }
        Ok(())
    };
    let command = async {
        // Of this load alone: one that is not read between loads answers no ping, and is cut.
        let mut grpc = Grpc::connect(&crowd.address).await?;
        let mut clock = interval(TICK);
        let mut turns = agents.iter().cycle();
        while per_tick > 0 && Instant::now() < end {
            clock.tick().await;
            let some: Vec<_> = turns.by_ref().take(per_tick).cloned().collect();
            saturate(&mut grpc, &some, crowd.path).await?;
        }
        Ok::<_, anyhow::Error>(())
    };
    let busy = async {
        sleep_until(begin).await;
        let (before, begun) = (crowd.server.cpu(), Instant::now());
        sleep_until(end).await;
        Ok((crowd.server.cpu() - before) / begun.elapsed().as_secs_f64())
    };
    Ok(try_join3(notify, command, busy).await?.2)
}
