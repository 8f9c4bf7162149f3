//! The network between an SDK and the service: connections that can be cut, refused and stalled.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use generic_connector::shutdown::Tasks;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Everything.
    Pass,
    /// Nothing: what is open is cut, what is new is cut at once.
    Refuse,
    /// Nothing either way, though everything is connected: half-open.
    Stall,
    /// What clients send; of what the service sends nothing is read.
    StallDown,
}

/// Cuts that are still to come, each after a random number of bytes of a connection.
struct Cuts {
    left: usize,
    random: fastrand::Rng,
    within: u64,
}

/// What all connections share.
struct Shared {
    target: Mutex<Option<SocketAddr>>,
    mode: watch::Sender<Mode>,
    cuts: Mutex<Cuts>,
    /// Ends the connections that are open now.
    open: Mutex<CancellationToken>,
}

/// A proxy on a port of its own.
#[derive(Clone)]
pub struct Proxy {
    shared: Arc<Shared>,
    pub address: SocketAddr,
}

impl Proxy {
    pub async fn start(target: SocketAddr, tasks: &Tasks) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            target: Mutex::new(Some(target)),
            mode: watch::channel(Mode::Pass).0,
            cuts: Mutex::new(Cuts { left: 0, random: fastrand::Rng::with_seed(0), within: 0 }),
            open: Mutex::default(),
        });
        let (own, of_each) = (shared.clone(), tasks.clone());
        tasks.spawn_abortable(0, async move {
            while let Ok((client, _)) = listener.accept().await {
                let shared = own.clone();
                of_each.spawn_abortable(0, async move { shared.carry(client).await });
            }
        });
        Self { shared, address }
    }

    /// Where connections go from now on; nowhere while the service is down.
    pub fn lead(&self, target: Option<SocketAddr>) {
        *self.shared.target.lock().unwrap() = target;
    }

    /// Resets all connections.
    pub fn cut(&self) {
        std::mem::take(&mut *self.shared.open.lock().unwrap()).cancel();
    }

    pub fn set(&self, mode: Mode) {
        self.shared.mode.send_replace(mode);
        if mode == Mode::Refuse {
            self.cut();
        }
    }

    /// So many connections from now on are reset, each after a random number of bytes up to `within`; so are those that
    /// are open.
    pub fn cut_often(&self, count: usize, seed: u64, within: u64) {
        *self.shared.cuts.lock().unwrap() = Cuts { left: count, random: fastrand::Rng::with_seed(seed), within };
        self.cut();
    }

    /// How many of those cuts are still to come.
    pub fn cuts_left(&self) -> usize {
        self.shared.cuts.lock().unwrap().left
    }
}

impl Shared {
    async fn carry(&self, client: TcpStream) {
        let mut client = client;
        let reset = |stream: &TcpStream| drop(socket2::SockRef::from(stream).set_linger(Some(Duration::ZERO)));
        let target = self.target.lock().unwrap().filter(|_| *self.mode.borrow() != Mode::Refuse);
        let Some(target) = target else { return reset(&client) };
        let open = self.open.lock().unwrap().child_token();
        let Ok(socket) = TcpSocket::new_v4() else { return reset(&client) };
        // What is not read here soon fills what the service may send.
        let _ = socket.set_recv_buffer_size(16 * 1024);
        let Ok(mut service) = socket.connect(target).await else { return reset(&client) };
        let _ = (client.set_nodelay(true), service.set_nodelay(true));
        let cut_after = {
            let mut cuts = self.cuts.lock().unwrap();
            let within = cuts.within;
            (cuts.left > 0).then(|| cuts.random.u64(1..=within))
        };
        let budget = (Mutex::new(cut_after), open.clone());
        let whole = {
            let (from_client, to_client) = client.split();
            let (from_service, to_service) = service.split();
            let up = self.pump(from_client, to_service, &budget, |mode| mode != Mode::Stall);
            let down = |mode| !matches!(mode, Mode::Stall | Mode::StallDown);
            let down = self.pump(from_service, to_client, &budget, down);
            open.run_until_cancelled(futures_util::future::join(up, down)).await
        };
        // One that ended by itself is closed in good order.
        if whole.is_none() {
            reset(&client);
            reset(&service);
        }
    }

    /// Carries one direction until it ends, or the connection's bytes are used up.
    async fn pump(
        &self,
        mut from: ReadHalf<'_>,
        mut to: WriteHalf<'_>,
        (budget, open): &(Mutex<Option<u64>>, CancellationToken),
        flows: impl Fn(Mode) -> bool,
    ) {
        let mut mode = self.mode.subscribe();
        let mut buffer = vec![0; 16 * 1024];
        loop {
            if mode.wait_for(|mode| flows(*mode)).await.is_err() {
                return;
            }
            let Ok(count @ 1..) = from.read(&mut buffer).await else {
                let _ = to.shutdown().await;
                return;
            };
            if mode.wait_for(|mode| flows(*mode)).await.is_err() {
                return;
            }
            let allowed = match &mut *budget.lock().unwrap() {
                Some(left) => {
                    let allowed = (count as u64).min(*left);
                    *left -= allowed;
                    allowed as usize
                }
                None => count,
            };
            if to.write_all(&buffer[..allowed]).await.is_err() {
                return;
            }
            if allowed < count {
                let mut cuts = self.cuts.lock().unwrap();
                cuts.left = cuts.left.saturating_sub(1);
                return open.cancel();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::within;

    /// A service that says everything back.
    async fn echo(tasks: &Tasks) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let of_each = tasks.clone();
        tasks.spawn_abortable(0, async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                of_each.spawn_abortable(0, async move {
                    let (mut input, mut output) = stream.split();
                    let _ = tokio::io::copy(&mut input, &mut output).await;
                });
            }
        });
        address
    }

    #[tokio::test]
    async fn what_is_cut_and_stalled_does_not_pass() {
        let tasks = Tasks::new();
        let proxy = Proxy::start(echo(&tasks).await, &tasks).await;
        let mut client = TcpStream::connect(proxy.address).await.unwrap();
        let mut said = [0; 4];
        client.write_all(b"once").await.unwrap();
        within("an echo", client.read_exact(&mut said)).await.unwrap();
        proxy.set(Mode::Stall);
        client.write_all(b"more").await.unwrap();
        let soon = Duration::from_millis(100);
        assert!(tokio::time::timeout(soon, client.read_exact(&mut said)).await.is_err());
        proxy.set(Mode::Pass);
        within("an echo", client.read_exact(&mut said)).await.unwrap();
        proxy.cut();
        assert!(within("the end", client.read(&mut said)).await.is_err());

        proxy.set(Mode::Refuse);
        let mut client = TcpStream::connect(proxy.address).await.unwrap();
        assert!(matches!(within("the end", client.read(&mut said)).await, Ok(0) | Err(_)));
        proxy.set(Mode::Pass);

        proxy.cut_often(1, 7, 3);
        let mut client = TcpStream::connect(proxy.address).await.unwrap();
        client.write_all(b"many words").await.unwrap();
        assert!(within("the end", client.read_to_end(&mut Vec::new())).await.is_err());
        assert_eq!(proxy.cuts_left(), 0);
        assert_eq!(tasks.drain(Duration::from_secs(5)).await, 0);
    }
}
