//! Phone books: everybody's and a team's, as the seed says.

use super::{UserId, World};
use crate::sim::render::Writer;
use crate::sim::seed::PhoneBook;

impl World {
    pub(super) fn has_phone_book(&self, id: UserId, book: &PhoneBook) -> bool {
        let team = self.users.get(id).and_then(|user| self.teams.get(user.team)).map(|team| team.id.as_str());
        book.team.is_none() || book.team.as_deref() == team
    }

    /// `<PhoneBooks>` of a user, with their contacts.
    pub(super) fn write_phone_books(&self, writer: &mut Writer, id: UserId) {
        writer.element("PhoneBooks", |w| {
            for book in self.seed.phone_book.iter().filter(|book| self.has_phone_book(id, book)) {
                w.element("PhoneBook", |w| {
                    write_contacts(w, book);
                    w.text("name", &book.name).text("type", if book.team.is_some() { "TEAM" } else { "GLOBAL" });
                    w.text("uri", &format!("/finesse/api/PhoneBook/{}", book.id));
                });
            }
        });
    }
}

/// `<Contacts>` of a phone book.
pub(super) fn write_contacts(writer: &mut Writer, book: &PhoneBook) {
    writer.element("Contacts", |w| {
        for contact in &book.contact {
            w.element("Contact", |w| {
                w.text("description", &contact.description).text("firstName", &contact.first_name);
                w.text("lastName", &contact.last_name).text("phoneNumber", &contact.phone_number);
                w.text("uri", &format!("/finesse/api/PhoneBook/{}/Contact/{}", book.id, contact.id));
            });
        }
    });
}
