//! What the service holds for an agent who is signed in and does nothing, for further links, and for who does not read.

use std::process::Command;
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use tokio::task::LocalSet;

use super::Bench;
use crate::crowd::{Desk, desks, each, settle, subscribed};
use crate::measure::{Figure, Unit, line_through};
use crate::process::Process;
use crate::publish::{Door, one_event, watch};
use crate::report::Goal;
use crate::roles::{self, RAW};
use crate::stage::{API_KEY, SUBSCRIBE, Stage};
use crate::wire::count::Tally;
use crate::wire::grpc::{Frame, Grpc};
use crate::wire::text::Lines;

/// Further streams on each connection.
const FURTHER: usize = 4;
/// Subscribers who don't read.
const STALLED: usize = 100;
/// Enough events to fill all that there is for one of them, and to cut it; so many at once.
const EVENTS: usize = 5_000;
const STEP: usize = 100;
/// Settings of a service with thousands of connections.
pub const ROOM: &[&str] = &["grpc.max_connections=20000", "bridge.max_connections=20000"];

/// Numbers of sessions, and what is resident with them, KiB.
type Points = Vec<(f64, f64)>;

/// The row.
pub fn run(bench: &mut Bench) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, measure(bench))
}

async fn measure(bench: &mut Bench) -> Result<()> {
    let sizes: &[usize] = if bench.quick { &[500, 1_500] } else { &[1_000, 4_000, 9_000] };
    let (mut bare, mut own) = (Points::new(), Points::new());
    let mut links = Links::default();
    for (index, size) in sizes.iter().enumerate() {
        bare.push((*size as f64, streams(*size).await?));
        let links = (index == 0).then_some(&mut links);
        own.push((*size as f64, idle(Stage::start(*size, ROOM)?, *size, links).await?));
    }
    let mut behind_tls = Points::new();
    for size in sizes.iter().take(2) {
        behind_tls.push((*size as f64, idle(Stage::start_tls(*size, ROOM)?, *size, None).await?));
    }
    let report = &mut bench.report;
    report.section(
        "Memory",
        "Resident, with so many agents who are signed in and idle, each with a gRPC connection, an event stream, a notification session and \
         what the service knows of them; then per agent, as the slope of the line through these. The baseline is a bare tonic stream on a \
         connection of its own. Without TLS, and then with it from client to service.",
    );
    for ((sessions, memory), (_, baseline)) in own.iter().zip(&bare) {
        report.line(&format!("bare tonic, {sessions} streams"), Unit::MiB, &Figure::once(baseline / 1_024.0));
        report.line(&format!("service, {sessions} sessions"), Unit::MiB, &Figure::once(memory / 1_024.0));
    }
    for (sessions, memory) in &behind_tls {
        report.line(&format!("service, {sessions} sessions, TLS"), Unit::MiB, &Figure::once(memory / 1_024.0));
    }
    // Of the same sizes, so that the two differ in TLS alone.
    let plain = Figure::once(line_through(own.get(..behind_tls.len()).unwrap_or_default()).1);
    let behind_tls = Figure::once(line_through(&behind_tls).1);
    let (bare, own) = (Figure::once(line_through(&bare).1), Figure::once(line_through(&own).1));
    report.line("bare tonic, per stream", Unit::KiB, &bare);
    report.against("per session", Unit::KiB, &own, "bare tonic", &bare);
    report.against("per session, TLS", Unit::KiB, &behind_tls, "without, of as many sessions", &plain);
    report.line("per further stream on the same connection", Unit::KiB, &Figure::once(links.stream));
    report.line("per text client of an agent who has a session", Unit::KiB, &Figure::once(links.text));
    let goal = |id, what: &str, figure, must, stretch| Goal {
        id,
        what: what.to_owned(),
        figure,
        must,
        stretch,
        unit: "KiB",
        more: false,
    };
    report.goal(goal("C1", "resident per idle session", own.median(), Some(40.0), 24.0), &[]);
    report.goal(goal("C1", "resident per further stream", links.stream, None, 7.0), &[]);
    let (bare, own) = stalled().await?;
    let report = &mut bench.report;
    report.section(
        "Memory of a subscriber that does not read",
        &format!(
            "{STALLED} subscribers of an agent who read {STEP} events and then no more, during {EVENTS} events: the most that the process \
             grew by for each, and the most that the kernel held for its end of each connection. Bare tonic shares an event's bytes, too, \
             and cuts nobody.",
        ),
    );
    for (name, (user, kernel)) in [("bare tonic", &bare), ("service", &own)] {
        report.line(&format!("{name}, resident"), Unit::KiB, &Figure::once(*user));
        report.line(&format!("{name}, in the kernel"), Unit::KiB, &Figure::once(*kernel));
    }
    report.goal(goal("C3", "resident per stalled subscriber", own.0, None, 64.0), &[]);
    report.goal(goal("C3", "in the kernel per stalled subscriber", own.1, None, 256.0), &[]);
    Ok(())
}

/// What links beside an agent's first add, KiB each.
#[derive(Default)]
struct Links {
    stream: f64,
    text: f64,
}

/// What is resident with so many sessions.
async fn idle(stage: Stage, count: usize, links: Option<&mut Links>) -> Result<f64> {
    let mut desks = desks(&stage, count).await?;
    settle().await;
    let resident = stage.service.resident();
    if let Some(links) = links {
        let cursor = |desk: &Desk| Some(desk.agent.cursor.clone());
        for desk in &mut desks {
            for _ in 0..FURTHER {
                desk.subscribe(cursor(desk)).await?;
            }
        }
        settle().await;
        let with_streams = stage.service.resident();
        links.stream = (with_streams - resident) / (count * FURTHER) as f64;
        let text = |desk: Desk| async {
            let mut lines = Lines::connect(&stage.lines).await?;
            lines.send(&format!("Connect#{0}#bench,demo\nGetState#{0}\n", desk.agent.id)).await?;
            lines.until("\"State\"").await?;
            Ok((desk, lines))
        };
        let _clients = each(desks, 64, text).await?;
        settle().await;
        links.text = (stage.service.resident() - with_streams) / count as f64;
    }
    Ok(resident)
}

/// What is resident with so many bare streams.
async fn streams(count: usize) -> Result<f64> {
    let process = roles::start(None)?;
    let _streams = subscribed(&process.address("grpc")?, RAW, &[], count).await?;
    settle().await;
    Ok(process.resident())
}

/// What those who don't read cost a bare tonic server and the service: KiB of the process, KiB of the kernel, for each.
async fn stalled() -> Result<((f64, f64), (f64, f64))> {
    let stage = Stage::start(2, &[])?;
    let mut agents = stage.sign_in(0..1).await?;
    stage.call(&mut agents).await?;
    let agent = agents.first().context("no agent")?;
    let event = one_event(&stage, agent).await?;
    let baseline = roles::start(None)?;
    let address = baseline.address("grpc")?;
    let door = Door::baseline(&baseline, &event).await?;
    let reader = subscribed(&address, RAW, &[], 1).await?;
    let bare = grown(&baseline, &address, (RAW, &[]), door, (&reader, event.len())).await?;
    let reader = subscribed(&stage.grpc, SUBSCRIBE, &watch(agent), 1).await?;
    reader.until(1).await?;
    let door = Door::service(&stage, &agents);
    let own = grown(&stage.service, &stage.grpc, (SUBSCRIBE, &watch(agent)), door, (&reader, event.len())).await?;
    Ok((bare, own))
}

/// How much a process and the kernel grow by for each subscriber that reads at first, and then does not, while one more
/// goes on.
async fn grown(
    process: &Process,
    address: &str,
    (path, request): (&str, &[u8]),
    mut door: Door,
    (reader, least): (&Rc<Tally>, usize),
) -> Result<(f64, f64)> {
    let mut stalled = Vec::new();
    for _ in 0..STALLED {
        let mut grpc = Grpc::connect(address).await?;
        grpc.authorize_key(API_KEY);
        grpc.call_bytes(path, request);
        let first = grpc.next().await?;
        ensure!(matches!(first, Frame::Headers { end: false, .. }), "{path} was refused: {first:?}");
        stalled.push(grpc);
    }
    // What was read well lets the kernel hold more.
    door.publish(STEP).await?;
    for grpc in &mut stalled {
        let mut seen = 0;
        while seen < STEP * least {
            if let Frame::Data { bytes, .. } = grpc.next().await? {
                seen += bytes.len();
            }
        }
    }
    reader.until(STEP).await?;
    settle().await;
    let (before, before_kernel) = (process.resident(), kernel(address)?);
    let (mut most, mut most_kernel) = (before, before_kernel);
    for _ in 0..EVENTS / STEP {
        door.publish(STEP).await?;
        reader.until(STEP).await?;
        tokio::time::sleep(Duration::from_millis(50)).await;
        most = most.max(process.resident());
        most_kernel = most_kernel.max(kernel(address)?);
    }
    Ok(((most - before) / STALLED as f64, (most_kernel - before_kernel) / STALLED as f64))
}

/// What the kernel holds for the connections of a listener, KiB: queued both ways, and reserved.
fn kernel(address: &str) -> Result<f64> {
    let (_, port) = address.rsplit_once(':').context("no port")?;
    let output = Command::new("ss").args(["-tmnH", "sport", "=", port]).output().context("ss (iproute2)")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let each = text.split("skmem:(").skip(1).filter_map(|rest| rest.split(')').next());
    let bytes = each.flat_map(|fields| fields.split(',')).filter_map(|field| {
        let (name, digits) = field.split_at(field.find(|c: char| c.is_ascii_digit())?);
        ["r", "w", "f"].contains(&name).then(|| digits.parse::<f64>().ok()).flatten()
    });
    Ok(bytes.sum::<f64>() / 1_024.0)
}
