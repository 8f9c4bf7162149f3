//! The adapter to Cisco Finesse: REST and XML out, XMPP notifications in.
