//! Sections `session` and `agents`: the agents' sessions, and what agents are shown of one another.

use std::time::Duration;

use crate::config::Reader;
use crate::model::id::ReasonId;
use crate::session::{LossPolicy, Options, Scope};

const DAY: Duration = Duration::from_secs(24 * 3600);
const GIB: usize = 1024 * 1024 * 1024;

/// Reads the section.
pub fn read(r: &mut Reader) -> Options {
    let mut o = Options::default();
    let moment = Duration::from_millis(10);
    r.set_within("session.max_sessions", &mut o.max_sessions, 1..=1_000_000);
    r.set_within("session.connect_timeout", &mut o.connect_timeout, moment..=DAY);
    r.set_within("session.outcome_timeout", &mut o.outcome_timeout, moment..=DAY);
    r.set_within("session.login_timeout", &mut o.login_timeout, moment..=DAY);
    r.set_within("session.confirm_after", &mut o.confirm_after, moment..=DAY);
    r.set_within("session.read_back_after", &mut o.read_back_after, moment..=DAY);
    r.set_within("session.urgent_patience", &mut o.urgent_patience, Duration::ZERO..=DAY);
    r.set_within("session.max_commands", &mut o.max_commands, 1..=10_000);
    r.set_within("session.journal_events", &mut o.journal.events, 0..=1_000_000);
    r.set_within("session.journal_bytes", &mut o.journal.bytes, 0..=GIB);
    r.set_within("session.journal_age", &mut o.journal.age, Duration::ZERO..=DAY);
    r.set_within("session.journal_total_bytes", &mut o.journal.total_bytes, 0..=1024 * GIB);
    r.set_within("session.subscriber_queue", &mut o.subscriber_queue, 1..=1_000_000);
    r.set_within("session.max_subscribers", &mut o.max_subscribers, 1..=1_000_000);
    r.set_within("session.grace", &mut o.grace, Duration::ZERO..=DAY);
    let allowed = "keep, not_ready, not_ready:<reason id>, logout or release";
    r.set_with("session.loss_policy", &mut o.loss_policy, loss_policy, allowed);
    r.set_within("session.poll_interval", &mut o.poll_interval, moment..=DAY);
    r.set_within("session.status_interval", &mut o.status_interval, moment..=DAY);
    r.set_within("session.status_interval_down", &mut o.status_interval_down, moment..=DAY);
    r.set_within("session.token_idle", &mut o.token_idle, Duration::from_secs(1)..=365 * DAY);
    r.set_within("session.request_window", &mut o.request_window, Duration::ZERO..=DAY);
    r.set_within("session.request_records", &mut o.request_records, 0..=1_000_000);
    r.set_within("session.max_held_notifications", &mut o.max_held_notifications, 1..=1_000_000);
    r.set_within("session.password_attempts", &mut o.password_attempts, 1..=4);
    r.set_within("session.password_window", &mut o.password_window, Duration::from_secs(1)..=DAY);
    let reason = |text: &str| if text.is_empty() { Some(None) } else { text.parse::<ReasonId>().ok().map(Some) };
    r.set_with("session.force_logout_reason", &mut o.force_logout_reason, reason, "the id of a reason");
    r.set_with("agents.scope", &mut o.agents_scope, scope, "all or own_teams");
    r.set("agents.include_logged_out", &mut o.include_logged_out_agents);
    o
}

fn scope(text: &str) -> Option<Scope> {
    match text {
        "all" => Some(Scope::All),
        "own_teams" => Some(Scope::OwnTeams),
        _ => None,
    }
}

fn loss_policy(text: &str) -> Option<LossPolicy> {
    match text {
        "keep" => Some(LossPolicy::Keep),
        "not_ready" => Some(LossPolicy::NotReady(None)),
        "logout" => Some(LossPolicy::Logout),
        "release" => Some(LossPolicy::Release),
        other => other.strip_prefix("not_ready:")?.parse().ok().map(|reason| LossPolicy::NotReady(Some(reason))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_policy_may_name_a_reason() {
        assert_eq!(loss_policy("not_ready:12"), Some(LossPolicy::NotReady(Some("12".parse().unwrap()))));
        assert_eq!(loss_policy("release"), Some(LossPolicy::Release));
        assert_eq!(loss_policy("not_ready:"), None);
        assert_eq!(loss_policy("whatever"), None);
    }
}
