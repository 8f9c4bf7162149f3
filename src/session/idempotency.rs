//! Commands that carry a `request_id` are done at most once: a retry gets the first one's outcome. Sans-IO.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use crate::model::id::RequestId;
use crate::model::reply::Answer;
use crate::model::{Error, Reason};

/// What is known of a `request_id`.
#[derive(Debug)]
pub enum Known {
    /// Nothing: the command is new.
    Nothing,
    /// It is being done, by the job of this number.
    InFlight(u64),
    /// It has an outcome.
    Finished(Result<Answer, Error>),
}

#[derive(Debug)]
struct Record {
    fingerprint: u64,
    at: Instant,
    job: u64,
    outcome: Option<Result<Answer, Error>>,
}

/// The records of one agent.
#[derive(Debug)]
pub struct Records {
    records: HashMap<RequestId, Record>,
    order: VecDeque<RequestId>,
    window: Duration,
    max: usize,
}

impl Records {
    /// Holds at most `max` records, each for `window`.
    pub fn new(window: Duration, max: usize) -> Self {
        Self { records: HashMap::new(), order: VecDeque::new(), window, max }
    }

    /// Looks a command up.
    ///
    /// # Errors
    /// REQUEST_ID_REUSED when the id belongs to a command of other content.
    pub fn look_up(&mut self, id: RequestId, fingerprint: u64, now: Instant) -> Result<Known, Error> {
        self.expire(now);
        match self.records.get(&id) {
            None => Ok(Known::Nothing),
            Some(record) if record.fingerprint != fingerprint => {
                Err(Error::new(Reason::RequestIdReused, "the request id was used for another command"))
            }
            Some(Record { outcome: Some(outcome), .. }) => Ok(Known::Finished(outcome.clone())),
            Some(record) => Ok(Known::InFlight(record.job)),
        }
    }

    /// Notes that a job does the command.
    pub fn begin(&mut self, id: RequestId, fingerprint: u64, job: u64, now: Instant) {
        while self.order.len() >= self.max
            && let Some(oldest) = self.order.pop_front()
        {
            self.records.remove(&oldest);
        }
        self.order.push_back(id);
        self.records.insert(id, Record { fingerprint, at: now, job, outcome: None });
    }

    /// Notes the outcome; the first one stays.
    pub fn finish(&mut self, id: RequestId, outcome: &Result<Answer, Error>) {
        if let Some(record) = self.records.get_mut(&id) {
            record.outcome.get_or_insert_with(|| outcome.clone());
        }
    }

    /// Forgets a command that never reached Finesse: it may be tried again.
    pub fn forget(&mut self, id: RequestId) {
        self.records.remove(&id);
        self.order.retain(|known| *known != id);
    }

    fn expire(&mut self, now: Instant) {
        while let Some(oldest) = self.order.front() {
            let live = self.records.get(oldest);
            if live.is_some_and(|record| now.saturating_duration_since(record.at) < self.window) {
                break;
            }
            if let Some(oldest) = self.order.pop_front() {
                self.records.remove(&oldest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::Sequence;
    use crate::model::reply::Reply;

    #[test]
    fn a_retry_joins_or_gets_the_first_outcome_and_other_content_is_refused() {
        let mut records = Records::new(Duration::from_secs(600), 2);
        let (now, id) = (Instant::now(), RequestId::random());
        assert!(matches!(records.look_up(id, 1, now), Ok(Known::Nothing)));
        records.begin(id, 1, 9, now);
        assert!(matches!(records.look_up(id, 1, now), Ok(Known::InFlight(9))));
        assert_eq!(records.look_up(id, 2, now).unwrap_err().reason, Reason::RequestIdReused);
        let first = Ok(Answer { as_of: Sequence(3), reply: Reply::Done });
        records.finish(id, &first);
        records.finish(id, &Err(Error::new(Reason::GeneralError, "later")));
        assert!(matches!(records.look_up(id, 1, now), Ok(Known::Finished(outcome)) if outcome == first));
        assert!(matches!(records.look_up(id, 1, now + Duration::from_secs(601)), Ok(Known::Nothing)));
    }

    #[test]
    fn the_oldest_record_makes_room() {
        let mut records = Records::new(Duration::from_secs(600), 2);
        let now = Instant::now();
        let ids: Vec<_> = (0..3).map(|_| RequestId::random()).collect();
        for id in &ids {
            records.begin(*id, 1, 1, now);
        }
        assert!(matches!(records.look_up(ids[0], 1, now), Ok(Known::Nothing)));
        assert!(matches!(records.look_up(ids[2], 1, now), Ok(Known::InFlight(1))));
        assert_eq!(records.records.len(), 2);
    }
}
