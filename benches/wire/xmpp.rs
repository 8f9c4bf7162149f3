//! An agent's notification session, of which nothing is parsed: the relay that events are compared with.

use anyhow::{Context as _, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::{Bytes, BytesMut};
use memchr::memmem::Finder;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const END: &[u8] = b"</message>";

/// A session.
pub struct Xmpp {
    socket: TcpStream,
    input: BytesMut,
    end: Finder<'static>,
}

impl Xmpp {
    /// Signs in at the simulator's plain port; Finesse subscribes the agent's nodes by itself.
    pub async fn connect(address: &str, agent: &str, resource: &str) -> Result<Self> {
        let socket = TcpStream::connect(address).await.with_context(|| format!("connect to {address}"))?;
        socket.set_nodelay(true)?;
        let input = BytesMut::with_capacity(16 * 1024);
        let mut xmpp = Self { socket, input, end: Finder::new(END) };
        let open = "<stream:stream to='fin-a.gc.test' version='1.0' xmlns='jabber:client' \
                    xmlns:stream='http://etherx.jabber.org/streams'>";
        let proof = STANDARD.encode(format!("\0{agent}\0demo"));
        xmpp.say(open, "</stream:features>").await?;
        let auth = format!("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{proof}</auth>");
        xmpp.say(&auth, "<success").await?;
        xmpp.say(open, "</stream:features>").await?;
        let bind = format!(
            "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>{resource}</resource></bind></iq>"
        );
        xmpp.say(&bind, "</iq>").await?;
        xmpp.socket.write_all(b"<presence/>").await?;
        Ok(xmpp)
    }

    async fn say(&mut self, text: &str, until: &str) -> Result<()> {
        self.socket.write_all(text.as_bytes()).await?;
        loop {
            if let Some(at) = memchr::memmem::find(&self.input, until.as_bytes()) {
                let _ = self.input.split_to(at + until.len());
                return Ok(());
            }
            if self.socket.read_buf(&mut self.input).await? == 0 {
                bail!("the simulator closed the notification session, it had said {:?}", self.input);
            }
        }
    }

    /// The next message as it came.
    pub async fn next(&mut self) -> Result<Bytes> {
        loop {
            if let Some(at) = self.end.find(&self.input) {
                return Ok(self.input.split_to(at + END.len()).freeze());
            }
            self.input.reserve(16 * 1024);
            if self.socket.read_buf(&mut self.input).await? == 0 {
                bail!("the simulator closed the notification session");
            }
        }
    }
}
