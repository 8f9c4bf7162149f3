//! What a desktop does, whatever it speaks: commands go out, events come in.

use serde_json::Value;

/// A desktop with a destination of its own.
pub trait Desk {
    /// Sends a command; a desktop says in its own way that there is no body.
    async fn send(&mut self, command: &str, body: &str);

    /// The body of the next event. It is asserted that the event is what desktops understand: a non-persistent text message.
    async fn text(&mut self) -> String;

    /// The next event in JSON.
    async fn event(&mut self) -> Value {
        let text = self.text().await;
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// The next event that is wanted; others are passed over.
    async fn find(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let event = self.event().await;
            if wanted(&event) {
                return event;
            }
        }
    }

    /// The next event of a type.
    async fn until(&mut self, kind: &str) -> Value {
        self.find(|event| event["type"] == kind).await
    }

    /// The next event that shows an agent in a state.
    async fn state(&mut self, agent: &str, state: &str) -> Value {
        self.find(|event| event["type"] == "State" && event["agentId"] == agent && event["state"] == state).await
    }

    /// The next event that shows a call in a state.
    async fn call(&mut self, state: &str) -> Value {
        self.find(|event| event["type"] == "InboundCall" && event["state"] == state).await
    }

    /// Connects an agent of the demo world and signs it in.
    async fn sign_in(&mut self, agent: &str, destination: &str) {
        self.send(&format!("Connect#{agent}"), &format!("{destination},demo")).await;
        self.send(&format!("Login#{agent}"), &format!("demo,2{}", &agent[1..])).await;
        self.find(|event| event["type"] == "AgentInfo" && event["agentId"] == agent).await;
    }
}
