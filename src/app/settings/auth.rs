//! Section `auth`: services and administrators.

use std::str::FromStr;

use toml::{Table, Value as Toml};

use crate::config::{Hash, Reader, Value};
use crate::grpc::auth::{Credential, Member, Observe, Role};

const KEY: &str = "auth.members";

/// Reads the members.
pub fn members(reader: &mut Reader) -> Vec<Member> {
    let mut members: Vec<Member> = Vec::new();
    for (index, table) in reader.tables(KEY).into_iter().enumerate() {
        match member(&table) {
            Ok(member) if members.iter().any(|other| other.name == member.name) => {
                reader.fault(KEY, format!("member {}: its name {:?} is taken", index + 1, member.name));
            }
            Ok(member) => members.push(member),
            Err(what) => reader.fault(KEY, format!("member {}: {what}", index + 1)),
        }
    }
    members
}

fn member(table: &Table) -> Result<Member, String> {
    const KEYS: &[&str] = &["name", "api_key_sha256", "subject", "role", "observe", "observe_teams"];
    if let Some(unknown) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(format!("{unknown} is no key, allowed are {}", KEYS.join(", ")));
    }
    let text = |key: &str| table.get(key).and_then(Toml::as_str);
    let name = text("name").filter(|name| !name.is_empty()).ok_or("name is missing")?.to_owned();
    let credential = match (text("api_key_sha256"), text("subject")) {
        (Some(hash), None) => {
            let hash =
                Hash::from_text(hash).ok_or(format!("api_key_sha256 is not valid, expected {}", Hash::ALLOWED))?;
            Credential::ApiKey(hash.0)
        }
        (None, Some(subject)) if !subject.is_empty() => Credential::Subject(subject.to_owned()),
        _ => return Err("exactly one of api_key_sha256 and subject is needed".to_owned()),
    };
    let observe = match (table.get("observe"), table.get("observe_teams")) {
        (Some(agents), None) => Some(observe(agents)?),
        (None, Some(teams)) => Some(observe_teams(teams)?),
        (None, None) => None,
        (Some(_), Some(_)) => return Err("observe and observe_teams exclude each other".to_owned()),
    };
    let role = match (text("role"), observe) {
        (Some("service"), Some(observe)) => Role::Service { observe },
        (Some("service"), None) => return Err("observe is missing".to_owned()),
        (Some("admin"), None) => Role::Admin,
        (Some("admin"), Some(_)) => return Err("observe is for services, an administrator sees all".to_owned()),
        _ => return Err("role is not valid, expected service or admin".to_owned()),
    };
    Ok(Member { name, credential, role })
}

fn observe(value: &Toml) -> Result<Observe, String> {
    let invalid = "observe is not valid, expected [\"*\"] or a list of login ids";
    if texts(value).is_some_and(|names| names == ["*"]) {
        return Ok(Observe::Everyone);
    }
    ids(value).map(Observe::Agents).ok_or_else(|| invalid.to_owned())
}

fn observe_teams(value: &Toml) -> Result<Observe, String> {
    ids(value).map(Observe::Teams).ok_or_else(|| "observe_teams is not valid, expected a list of team ids".to_owned())
}

/// A list of at least one id.
fn ids<T: FromStr>(value: &Toml) -> Option<Vec<T>> {
    let ids = texts(value)?.into_iter().map(|text| text.parse().ok());
    ids.collect::<Option<Vec<T>>>().filter(|ids| !ids.is_empty())
}

fn texts(value: &Toml) -> Option<Vec<&str>> {
    value.as_array()?.iter().map(Toml::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Origin, Sources};

    fn read(text: &str) -> (Vec<Member>, String) {
        let mut reader = Reader::new(Sources::new().text(Origin::File("gc.toml".into()), text));
        let members = members(&mut reader);
        (members, reader.finish().err().map(|faults| faults.to_string()).unwrap_or_default())
    }

    #[test]
    fn members_are_read_and_each_fault_names_its_member() {
        let hash = "ab".repeat(32);
        let (members, faults) = read(&format!(
            "[[auth.members]]\nname = \"a\"\napi_key_sha256 = \"{hash}\"\nrole = \"service\"\nobserve = [\"1001\"]\n\
             [[auth.members]]\nname = \"b\"\nsubject = \"ops\"\nrole = \"admin\"\n\
             [[auth.members]]\nname = \"c\"\nsubject = \"wall\"\nrole = \"service\"\nobserve_teams = [\"1\", \"2\"]\n\
             [[auth.members]]\nname = \"d\"\nsubject = \"log\"\nrole = \"service\"\nobserve = [\"*\"]\n"
        ));
        assert_eq!(faults, "");
        assert_eq!(members[0].credential, Credential::ApiKey([0xab; 32]));
        assert_eq!(members[0].role, Role::Service { observe: Observe::Agents(vec!["1001".parse().unwrap()]) });
        assert_eq!(members[1].role, Role::Admin);
        let teams = vec!["1".parse().unwrap(), "2".parse().unwrap()];
        assert_eq!(members[2].role, Role::Service { observe: Observe::Teams(teams) });
        assert_eq!(members[3].role, Role::Service { observe: Observe::Everyone });
        let bad = [
            ("", "name is missing"),
            ("name = \"a\"", "exactly one of"),
            ("name = \"a\"\nsubject = \"s\"\nrole = \"root\"", "role is not valid"),
            ("name = \"a\"\nsubject = \"s\"\nrole = \"service\"", "observe is missing"),
            ("name = \"a\"\nsubject = \"s\"\nrole = \"service\"\nobserve = [\"a/b\"]", "observe is not valid"),
            ("name = \"a\"\nsubject = \"s\"\nrole = \"service\"\nobserve = []", "observe is not valid"),
            ("name = \"a\"\nsubject = \"s\"\nrole = \"service\"\nobserve_teams = [1]", "observe_teams is not valid"),
            (
                "name = \"a\"\nsubject = \"s\"\nrole = \"service\"\nobserve = [\"*\"]\nobserve_teams = [\"1\"]",
                "exclude each other",
            ),
            ("name = \"a\"\nsubject = \"s\"\nrole = \"admin\"\nobserve_teams = [\"1\"]", "sees all"),
            ("name = \"a\"\napi_key_sha256 = \"12\"", "api_key_sha256 is not valid"),
            ("name = \"a\"\npassword = \"s\"", "password is no key"),
        ];
        for (text, what) in bad {
            let (members, faults) = read(&format!("[[auth.members]]\n{text}\n"));
            assert!(members.is_empty() && faults.contains("member 1") && faults.contains(what), "{text}: {faults}");
        }
    }
}
