//! Questions about phone books.

use super::field::empty;
use crate::model::Error;
use crate::model::id::{PhoneBookId, TeamId};
use crate::pb;

empty! {
    /// Asks for the agent's phone books.
    GetPhonebooks: GetPhonebooksRequest;
}

/// Asks for the phone books of a team.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GetTeamPhonebooks {
    /// The team.
    pub team_id: TeamId,
}

impl TryFrom<pb::GetTeamPhonebooksRequest> for GetTeamPhonebooks {
    type Error = Error;

    fn try_from(request: pb::GetTeamPhonebooksRequest) -> Result<Self, Error> {
        Ok(Self { team_id: request.team_id.try_into()? })
    }
}

/// Asks for the contacts of a phone book.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GetPhonebookContacts {
    /// The phone book.
    pub phonebook_id: PhoneBookId,
}

impl TryFrom<pb::GetPhonebookContactsRequest> for GetPhonebookContacts {
    type Error = Error;

    fn try_from(request: pb::GetPhonebookContactsRequest) -> Result<Self, Error> {
        Ok(Self { phonebook_id: request.phonebook_id.try_into()? })
    }
}
