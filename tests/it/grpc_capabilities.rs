//! What a deployment says it can do, on both platforms, and that it is true.

use std::collections::BTreeSet;

use generic_connector::command::catalogue::RPCS;
use generic_connector::pb;
use generic_connector::pb::system_service_client::SystemServiceClient;
use generic_connector::sim::Flavour;

use super::grpc_world::{As, Door, WALLBOARD, call, options};
use super::support::{World, within};

async fn ask(door: &Door, who: As<'_>) -> pb::Capabilities {
    let mut client = SystemServiceClient::new(door.channel.clone());
    let asked = client.get_capabilities(call(who, pb::GetCapabilitiesRequest {}));
    within("capabilities", asked).await.unwrap().into_inner().capabilities.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deployment_names_its_platform_and_what_works_on_it() {
    for (flavour, platform) in [(Flavour::Ucce, pb::Platform::Ucce), (Flavour::Uccx, pb::Platform::Uccx)] {
        let door = Door::open_to(World::start(flavour).await, options()).await;
        let connected = door.connect("1001").await;
        let told = connected.capabilities.unwrap();
        assert_eq!(told.platform(), platform);
        assert_eq!(told.service_version, env!("CARGO_PKG_VERSION"));
        assert_eq!(ask(&door, As::Key(WALLBOARD)).await, told);
        assert_eq!(ask(&door, As::Bearer(&connected.token)).await, told);
        let told: BTreeSet<String> = told.rpcs.into_iter().collect();
        let on_uccx = flavour == Flavour::Uccx;
        let works = RPCS.iter().filter(|rpc| !(rpc.ucce_only && on_uccx));
        assert_eq!(told, works.map(|rpc| rpc.path.trim_start_matches('/').to_owned()).collect());
        let ucce = "gc.v1.AgentService/MobileAgentLogin";
        assert_eq!(told.contains(ucce), flavour == Flavour::Ucce);
        door.close().await;
    }
}
