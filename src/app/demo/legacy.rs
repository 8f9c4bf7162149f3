//! The story's legacy desktop: text lines out, JSON lines in, over TCP.

use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

use super::{Error, within};

/// One connection to the legacy door.
pub(super) struct Legacy {
    lines: Lines<BufReader<OwnedReadHalf>>,
    writer: OwnedWriteHalf,
    name: &'static str,
}

impl Legacy {
    /// Opens it; `name` is what stands before its lines.
    pub(super) async fn open(bridge: SocketAddr, name: &'static str) -> Result<Self, Error> {
        let stream = within("the legacy door's answer", async { Ok(TcpStream::connect(bridge).await?) }).await?;
        let (reader, writer) = stream.into_split();
        Ok(Self { lines: BufReader::new(reader).lines(), writer, name })
    }

    /// Sends a command; `shown` is what the audience sees of it, without the password.
    pub(super) async fn send(&mut self, line: &str, shown: &str) -> Result<(), Error> {
        println!("  {} >  {shown}", self.name);
        self.writer.write_all(format!("{line}\n").as_bytes()).await?;
        Ok(())
    }

    /// Shows what comes until a line holds all the given pieces.
    pub(super) async fn show_until(&mut self, pieces: &[&str]) -> Result<(), Error> {
        let name = self.name;
        self.until(|line| println!("  {name} <  {}", super::pairs::brief(line)), pieces).await
    }

    /// Hands over what comes until a line holds all the given pieces.
    pub(super) async fn until(&mut self, mut show: impl FnMut(&str), pieces: &[&str]) -> Result<(), Error> {
        let what = format!("a legacy line with {}", pieces.join(" and "));
        within(&what, async {
            loop {
                let Some(line) = self.lines.next_line().await? else {
                    return Err(Error::Missing("the legacy door's next line".to_owned()));
                };
                show(&line);
                if pieces.iter().all(|piece| line.contains(piece)) {
                    return Ok(());
                }
            }
        })
        .await
    }
}
