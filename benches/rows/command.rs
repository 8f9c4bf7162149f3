//! A command: from the desktop's request to the reply that Finesse has accepted it.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, ensure};
use generic_connector::pb;
use prost::Message as _;
use tokio::runtime::Runtime;

use super::{Bench, outcome};
use crate::crowd::saturate;
use crate::measure::{Figure, Latency, Unit, micros};
use crate::process::{Process, SUBJECT, pin};
use crate::report::Goal;
use crate::roles::{ECHO, others};
use crate::stage::{Agent, DTMF, Stage};
use crate::wire::grpc::{Frame, Grpc, Messages};
use crate::wire::http::Http;
use crate::wire::stomp::Stomp;

/// How long a call rests before the next tone, so that no command waits for the outcome of the one before.
const REST: Duration = Duration::from_millis(1_500);

/// The row.
pub fn run(bench: &mut Bench) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let each = bench.size(150, 400);
    let rounds = bench.size(5, 11);
    let stage = Stage::start(4 * each + 200, &["session.confirm_after=1s"])?;
    let baseline = crate::roles::start(Some(&stage.sim.xmpp))?;
    accepted(bench, &runtime, &stage, &baseline, (each, rounds))?;
    outcome::run(bench, &runtime, &stage, &baseline, (4 * each, rounds))
}

/// P1 and P2: until Finesse has accepted the command. A tone is the command of which nothing else becomes in that time.
fn accepted(
    bench: &mut Bench,
    runtime: &Runtime,
    stage: &Stage,
    baseline: &Process,
    (each, rounds): (usize, usize),
) -> Result<()> {
    let mut agents = runtime.block_on(stage.sign_in(0..4 * each))?;
    runtime.block_on(stage.call(&mut agents))?;
    let (unary_agents, rest) = agents.split_at(each);
    let (attach_agents, rest) = rest.split_at(each);
    let (direct_agents, _) = rest.split_at(each);
    let (mut direct, mut echo, mut unary, mut attach) =
        (Latency::default(), Latency::default(), Latency::default(), Latency::default());
    let mut burst = Burst::default();
    let broker = others::activemq()?;
    let mut hop = match &broker {
        Some(broker) => Some((runtime.block_on(Hop::connect(&broker.address))?, &broker.process, Latency::default())),
        None => None,
    };
    let (mut grpc, mut echo_grpc) = runtime.block_on(async {
        Ok::<_, anyhow::Error>((Grpc::connect(&stage.grpc).await?, Grpc::connect(&baseline.address("grpc")?).await?))
    })?;
    let mut streams = runtime.block_on(attach_all(stage, attach_agents))?;
    eprintln!("  commands begin; the service is process {}", stage.service.id());
    // The first round warms caches and connections, and counts for nothing.
    for round in 0..=rounds {
        thread::sleep(REST);
        let requests = direct_agents.iter().map(Agent::dtmf).collect();
        let (values, cpu) = put_from_subject(stage.sim.http.clone(), requests)?;
        let before = baseline.cpu();
        let echoed = runtime.block_on(echoes(&mut echo_grpc, unary_agents))?;
        let echo_cpu = baseline.cpu() - before;
        let before = stage.service.cpu();
        let called = runtime.block_on(unary_calls(&mut grpc, unary_agents))?;
        let unary_cpu = stage.service.cpu() - before;
        let before = stage.service.cpu();
        let attached = runtime.block_on(attach_calls(&mut streams, attach_agents))?;
        let attach_cpu = stage.service.cpu() - before;
        if let Some((hop, process, latency)) = &mut hop {
            let before = process.cpu();
            let values = runtime.block_on(hop.round_trips(unary_agents))?;
            if round > 0 {
                latency.push(values, process.cpu() - before);
            }
        }
        if round > 0 {
            direct.push(values, cpu);
            echo.push(echoed, echo_cpu);
            unary.push(called, unary_cpu);
            attach.push(attached, attach_cpu);
        }
        thread::sleep(REST);
        let before = baseline.cpu();
        let wall = runtime.block_on(saturate(&mut echo_grpc, &agents, ECHO))?;
        let echo_cpu = baseline.cpu() - before;
        let before = stage.service.cpu();
        let own = runtime.block_on(saturate(&mut grpc, &agents, DTMF))?;
        if round > 0 {
            burst.push(agents.len() as f64, (wall, echo_cpu), (own, stage.service.cpu() - before));
        }
    }
    let sum = direct.p50.plus(&echo.p50);
    let sum_p99 = direct.p99.plus(&echo.p99);
    bench.report.section(
        "Command, until Finesse has accepted it",
        "SendDtmf with WAIT_ACCEPTED, one at a time. The direct PUT comes from the core where the service runs otherwise. CPU is that of the \
         process in the middle: the client itself for the PUT, the server for all others.",
    );
    let report = &mut bench.report;
    report.line("direct PUT, p50", Unit::Microseconds, &direct.p50);
    report.line("direct PUT, p99", Unit::Microseconds, &direct.p99);
    report.line("direct PUT, CPU", Unit::Microseconds, &direct.cpu);
    report.line("tonic echo, p50", Unit::Microseconds, &echo.p50);
    report.line("tonic echo, p99", Unit::Microseconds, &echo.p99);
    report.line("tonic echo, CPU", Unit::Microseconds, &echo.cpu);
    for (name, latency) in [("unary", &unary), ("Attach", &attach)] {
        report.against(&format!("{name}, p50"), Unit::Microseconds, &latency.p50, "PUT + echo", &sum);
        report.against(&format!("{name}, p99"), Unit::Microseconds, &latency.p99, "PUT + echo", &sum_p99);
        report.against(&format!("{name}, CPU"), Unit::Microseconds, &latency.cpu, "echo", &echo.cpu);
    }
    match &hop {
        Some((_, _, hop)) => {
            report.line("ActiveMQ request and reply, p50", Unit::Microseconds, &hop.p50);
            report.line("ActiveMQ request and reply, CPU", Unit::Microseconds, &hop.cpu);
        }
        None => report.missing("ActiveMQ request and reply", others::ACTIVEMQ),
    }
    report.line("tonic echo, 64 at a time", Unit::PerSecond, &burst.echo_rate);
    report.line("tonic echo, 64 at a time, CPU", Unit::Microseconds, &burst.echo_cpu);
    report.against("unary, 64 at a time", Unit::PerSecond, &burst.rate, "echo", &burst.echo_rate);
    report.against("unary, 64 at a time, CPU", Unit::Microseconds, &burst.cpu, "echo", &burst.echo_cpu);
    let doubtful = [("direct PUT", &direct.p50), ("tonic echo", &echo.p50)];
    let goal = |what: &str, figure, must, stretch| Goal {
        id: "P1",
        what: what.to_owned(),
        figure,
        must,
        stretch,
        unit: "µs",
        more: false,
    };
    let more = unary.p50.median() - sum.median();
    report.goal(goal("command p50 beyond direct PUT + echo", more, Some(40.0), 10.0), &doubtful);
    let tail = Goal { unit: "×", ..goal("command p99 to the sum of theirs", unary.p99.ratio(&sum_p99), None, 1.1) };
    report.goal(tail, &[("direct PUT p99", &direct.p99), ("tonic echo p99", &echo.p99)]);
    let cpu = Goal { id: "P2", ..goal("CPU per command, 64 at a time", burst.cpu.median(), Some(25.0), 20.0) };
    report.goal(cpu, &[("tonic echo CPU", &burst.echo_cpu)]);
    if let Some((_, _, hop)) = &hop {
        let times =
            |what: &str, figure, stretch| Goal {
                id: "P3", unit: "×", more: true, ..goal(what, figure, None, stretch)
            };
        let quicker = times("times that the ActiveMQ hop's p50 is a command's", hop.p50.ratio(&unary.p50), 2.0);
        report.goal(quicker, &[("ActiveMQ", &hop.p50)]);
        let cheaper = times("times that the ActiveMQ hop's CPU is a command's", hop.cpu.ratio(&unary.cpu), 5.0);
        report.goal(cheaper, &[("ActiveMQ CPU", &hop.cpu)]);
    }
    Ok(())
}

/// What the old product did of each command before it began with it: a message through the broker, and one back.
struct Hop {
    desktop: Stomp,
    connector: Stomp,
}

impl Hop {
    async fn connect(address: &str) -> Result<Self> {
        let (mut desktop, mut connector) = (Stomp::connect(address).await?, Stomp::connect(address).await?);
        desktop.subscribe("/topic/desktop").await?;
        connector.subscribe("/queue/Connector1").await?;
        Ok(Self { desktop, connector })
    }

    async fn round_trips(&mut self, agents: &[Agent]) -> Result<Vec<f64>> {
        let mut values = Vec::with_capacity(agents.len());
        for agent in agents {
            let begun = Instant::now();
            let command = format!("SEND\ndestination:/queue/Connector1\nJMSType:MakeReady#{}\n\n\0", agent.id);
            self.desktop.send(&command).await?;
            self.connector.next().await?;
            let state = "{\"type\":\"State\",\"state\":\"READY\"}";
            self.connector.send(&format!("SEND\ndestination:/topic/desktop\n\n{state}\0")).await?;
            self.desktop.next().await?;
            values.push(micros(begun));
        }
        Ok(values)
    }
}

/// What a burst of commands took.
#[derive(Default)]
struct Burst {
    echo_rate: Figure,
    echo_cpu: Figure,
    rate: Figure,
    cpu: Figure,
}

impl Burst {
    fn push(&mut self, count: f64, echo: (Duration, f64), own: (Duration, f64)) {
        self.echo_rate.push(count / echo.0.as_secs_f64());
        self.echo_cpu.push(echo.1 / count);
        self.rate.push(count / own.0.as_secs_f64());
        self.cpu.push(own.1 / count);
    }
}

/// Sends requests one after the other from the core where the service runs otherwise, which has nothing to do meanwhile.
fn put_from_subject(address: String, requests: Vec<Vec<u8>>) -> Result<(Vec<f64>, f64)> {
    let client = thread::spawn(move || -> Result<_> {
        pin(SUBJECT)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let before = crate::process::own_cpu();
        let values = runtime.block_on(async {
            let mut http = Http::connect(&address).await?;
            let mut values = Vec::with_capacity(requests.len());
            for request in &requests {
                let begun = Instant::now();
                let (status, body) = http.send(request).await?;
                values.push(micros(begun));
                ensure!(status == 202, "{status} {}", String::from_utf8_lossy(&body));
            }
            Ok(values)
        })?;
        Ok((values, crate::process::own_cpu() - before))
    });
    client.join().map_err(|_| anyhow!("the client of the direct PUT panicked"))?
}

async fn echoes(grpc: &mut Grpc, agents: &[Agent]) -> Result<Vec<f64>> {
    let mut values = Vec::with_capacity(agents.len());
    for agent in agents {
        let request = agent.dtmf_request().encode_to_vec();
        let begun = Instant::now();
        let stream = grpc.call_bytes(ECHO, &request);
        grpc.reply(stream).await?;
        values.push(micros(begun));
    }
    Ok(values)
}

async fn unary_calls(grpc: &mut Grpc, agents: &[Agent]) -> Result<Vec<f64>> {
    let mut values = Vec::with_capacity(agents.len());
    for agent in agents {
        grpc.authorize(&agent.token);
        let request = agent.dtmf_request().encode_to_vec();
        let begun = Instant::now();
        let stream = grpc.call_bytes(DTMF, &request);
        grpc.reply(stream).await.with_context(|| agent.id.clone())?;
        values.push(micros(begun));
    }
    Ok(values)
}

/// Each agent's bidirectional stream, at most 200 on a connection.
async fn attach_all(stage: &Stage, agents: &[Agent]) -> Result<Vec<(Grpc, Vec<u32>)>> {
    let mut connections = Vec::new();
    for agents in agents.chunks(200) {
        let mut grpc = Grpc::connect(&stage.grpc).await?;
        let mut streams = Vec::new();
        for agent in agents {
            grpc.authorize(&agent.token);
            let stream = grpc.open("/gc.v1.EventService/Attach");
            let attach = pb::attach_request::Message::Attach(pb::Attach { window: 4096, ..Default::default() });
            grpc.data(stream, &pb::AttachRequest { message: Some(attach) }.encode_to_vec(), false);
            streams.push(stream);
            // The snapshot.
            while !matches!(grpc.next().await?, Frame::Data { .. }) {}
        }
        connections.push((grpc, streams));
    }
    Ok(connections)
}

async fn attach_calls(connections: &mut [(Grpc, Vec<u32>)], agents: &[Agent]) -> Result<Vec<f64>> {
    let mut values = Vec::with_capacity(agents.len());
    for ((grpc, streams), agents) in connections.iter_mut().zip(agents.chunks(200)) {
        for (stream, agent) in streams.iter().zip(agents) {
            let request = agent.dtmf_request();
            let request_id = request.options.as_ref().map(|options| options.request_id.clone()).unwrap_or_default();
            let request = Some(pb::attach_command::Request::SendDtmf(request));
            let command = pb::attach_request::Message::Command(pb::AttachCommand { request_id, request });
            let command = pb::AttachRequest { message: Some(command) }.encode_to_vec();
            let begun = Instant::now();
            grpc.data(*stream, &command, false);
            let mut messages = Messages::default();
            let mut answered = false;
            while !answered {
                if let Frame::Data { stream: from, bytes, .. } = grpc.next().await?
                    && from == *stream
                {
                    // What is no result is an event of an earlier round's command.
                    messages.push(bytes, |message| {
                        let response = pb::AttachResponse::decode(message).unwrap_or_default();
                        if let Some(pb::attach_response::Message::Result(result)) = response.message {
                            assert!(!matches!(result.reply, Some(pb::attach_result::Reply::Error(_))), "{result:?}");
                            answered = true;
                        }
                    });
                }
            }
            values.push(micros(begun));
        }
    }
    Ok(values)
}
