//! An agent with two desktops on one session: a typed one over gRPC and a legacy one that sends text lines.

use super::legacy::Legacy;
use super::pairs::Pairs;
use super::typed::{Typed, state};
use super::{Error, Stage};
use crate::pb;
use crate::pb::event::Payload;
use crate::sim::Flavour;

/// The two desktops.
pub(super) struct Desks {
    pub(super) typed: Typed,
    desk: Legacy,
    pairs: Pairs,
    /// Whether the platform has states for hold and for calls outside queues.
    states_of_calls: bool,
}

impl Desks {
    /// Connects both; `name` is what stands before the legacy one's lines, `whose` before what both are told.
    pub(super) async fn open(
        stage: &Stage,
        agent: &str,
        name: &'static str,
        whose: &'static str,
    ) -> Result<Self, Error> {
        let typed = Typed::open(stage.grpc, agent, "demo").await?;
        let desk = Legacy::open(stage.bridge, name).await?;
        let states_of_calls = stage.flavour == Flavour::Ucce;
        let mut desks = Self { typed, desk, pairs: Pairs::new(agent, whose), states_of_calls };
        desks.send("Hello#desk-1").await?;
        desks.line(&["\"System\"", "IN_SERVICE"]).await?;
        let connect = format!("Connect#{agent}#desk-1,");
        desks.desk.send(&format!("{connect}demo"), &format!("{connect}****")).await?;
        // Connect is silent on success; the answer to GetState shows that it is through.
        desks.send(&format!("GetState#{agent}")).await?;
        desks.line(&["\"State\"", "LOGOUT"]).await?;
        desks.show();
        Ok(desks)
    }

    /// Waits for an event on the typed desktop.
    pub(super) async fn event<T>(&mut self, what: &str, pick: impl Fn(&Payload) -> Option<T>) -> Result<T, Error> {
        self.typed.until(&mut self.pairs, what, pick).await
    }

    /// Waits for a line on the legacy desktop.
    pub(super) async fn line(&mut self, pieces: &[&str]) -> Result<(), Error> {
        let pairs = &mut self.pairs;
        self.desk.until(|line| pairs.line(line), pieces).await
    }

    /// Shows what has come.
    pub(super) fn show(&mut self) {
        self.pairs.show();
    }

    /// Waits until both desktops are in a state, and shows what has come.
    pub(super) async fn state(&mut self, wanted: pb::AgentState) -> Result<(), Error> {
        let name = super::typed::name(wanted.as_str_name());
        // Whether the state or the call is told first is not promised.
        let [by_event, by_line] = self.pairs.in_state(name);
        if !by_event {
            self.event(name, state(wanted)).await?;
        }
        if !by_line {
            let own = format!("\"agentId\":\"{}\"", self.pairs.agent());
            self.line(&["\"State\"", &own, &format!("\"state\":\"{name}\"")]).await?;
        }
        self.show();
        Ok(())
    }

    /// The same, where the platform tells that state of a call.
    pub(super) async fn state_of_call(&mut self, wanted: pb::AgentState) -> Result<(), Error> {
        if self.states_of_calls {
            return self.state(wanted).await;
        }
        self.show();
        Ok(())
    }

    /// Sends a line from the legacy desktop.
    pub(super) async fn send(&mut self, line: &str) -> Result<(), Error> {
        self.desk.send(line, line).await
    }
}
