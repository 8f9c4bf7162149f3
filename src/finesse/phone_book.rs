//! The PhoneBook object: a phone book and its contacts.

use super::xml::{Reader, XmlError, last_segment};
use crate::model::id::PhoneBookId;
use crate::model::phone_book::{Contact, PhoneBook, PhoneBookType};

/// Reads a whole answer of `GET User/{id}/PhoneBooks` or of a team's.
pub fn parse_list(body: &str) -> Result<Vec<PhoneBook>, XmlError> {
    let mut reader = Reader::new(body);
    reader.root_named("PhoneBooks")?;
    let mut books = Vec::new();
    while let Some(element) = reader.child()? {
        if element.is("PhoneBook") {
            books.extend(read(&mut reader)?);
        } else {
            reader.skip()?;
        }
    }
    Ok(books)
}

/// Reads the PhoneBook element whose start tag has just been read; none when it has no usable id.
fn read(reader: &mut Reader<'_>) -> Result<Option<PhoneBook>, XmlError> {
    let (mut id, mut uri_id, mut name) = (None, None, String::new());
    let (mut kind, mut contacts) = (PhoneBookType::Unknown, Vec::new());
    while let Some(element) = reader.child()? {
        if element.is("id") {
            id = reader.text()?.trim().parse::<PhoneBookId>().ok();
        } else if element.is("uri") {
            uri_id = last_segment(&reader.text()?).parse::<PhoneBookId>().ok();
        } else if element.is("name") {
            name = reader.text()?.into_owned();
        } else if element.is("type") {
            kind = PhoneBookType::from_name(&reader.text()?);
        } else if element.is("Contacts") {
            contacts = read_contacts(reader)?;
        } else {
            reader.skip()?;
        }
    }
    Ok(id.or(uri_id).map(|id| PhoneBook { id, name, kind, contacts }))
}

/// Reads the children of a Contacts element; one without a number is of no use and left out.
fn read_contacts(reader: &mut Reader<'_>) -> Result<Vec<Contact>, XmlError> {
    let mut contacts = Vec::new();
    while let Some(element) = reader.child()? {
        if element.is("Contact") {
            let contact = read_contact(reader)?;
            if !contact.phone_number.is_empty() {
                contacts.push(contact);
            }
        } else {
            reader.skip()?;
        }
    }
    Ok(contacts)
}

fn read_contact(reader: &mut Reader<'_>) -> Result<Contact, XmlError> {
    let mut contact = Contact::default();
    while let Some(element) = reader.child()? {
        let field = if element.is("id") || (element.is("uri") && contact.id.is_empty()) {
            contact.id = last_segment(&reader.text()?).to_owned();
            continue;
        } else if element.is("firstName") {
            &mut contact.first_name
        } else if element.is("lastName") {
            &mut contact.last_name
        } else if element.is("phoneNumber") {
            &mut contact.phone_number
        } else if element.is("description") {
            &mut contact.description
        } else {
            reader.skip()?;
            continue;
        };
        reader.text()?.trim().clone_into(field);
    }
    Ok(contact)
}
