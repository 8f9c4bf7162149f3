//! The simulator's phone books.

use generic_connector::sim::Flavour;

use crate::sim_client::{Site, tag};

#[tokio::test]
async fn everybody_has_the_global_phone_books_and_the_teams() {
    for flavour in [Flavour::Ucce, Flavour::Uccx] {
        let site = Site::new(flavour, |_| {}).await;
        let (status, books) = site.get("1001", "/User/1001/PhoneBooks").await;
        assert_eq!((status, books.matches("<PhoneBook>").count()), (200, 2), "{books}");
        assert!(books.contains("<name>Company</name><type>GLOBAL</type><uri>/finesse/api/PhoneBook/1</uri>"));
        assert!(books.contains("<name>Sales partners</name><type>TEAM</type><uri>/finesse/api/PhoneBook/2</uri>"));
        assert!(books.contains("<description>Orders &amp; returns</description>"), "{books}");
        let (_, others) = site.get("administrator", "/User/1011/PhoneBooks").await;
        assert!(others.contains("Service partners") && !others.contains("Sales partners"), "{others}");
        let (status, contacts) = site.get("1001", "/PhoneBook/1/Contacts").await;
        assert!(status == 200 && contacts.starts_with("<Contacts><Contact>"), "{status} {contacts}");
        assert_eq!((contacts.matches("<Contact>").count(), tag(&contacts, "phoneNumber")), (2, "5550100".into()));
        for (user, path, status) in [
            ("1001", "/User/1011/PhoneBooks", 401),
            ("administrator", "/User/4711/PhoneBooks", 404),
            ("1001", "/PhoneBook/3/Contacts", 401),
            ("1011", "/PhoneBook/3/Contacts", 200),
            ("administrator", "/PhoneBook/3/Contacts", 200),
            ("1001", "/PhoneBook/9/Contacts", 404),
        ] {
            assert_eq!(site.get(user, path).await.0, status, "{path} as {user}");
        }
        site.stop().await;
    }
}
