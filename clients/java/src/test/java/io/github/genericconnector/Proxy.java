// A way to the service that a test can cut.

package io.github.genericconnector;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

final class Proxy implements AutoCloseable {
  private final ServerSocket server;
  private final URI service;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean refusing;
  private volatile boolean deaf;

  Proxy(String service) {
    this.service = URI.create(service);
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException thrown) {
      throw new UncheckedIOException(thrown);
    }
    run(this::accept);
  }

  String address() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Cuts what is connected. */
  void cut() {
    for (Socket socket : sockets) {
      close(socket);
    }
  }

  /** Cuts what is connected, and whatever connects from now on. */
  void refuse() {
    refusing = true;
    cut();
  }

  /** What the service answers is swallowed from now on. */
  void deafen() {
    deaf = true;
  }

  /** Lets everything pass again; what was swallowed is lost with its connection. */
  void pass() {
    refusing = false;
    if (deaf) {
      cut();
      deaf = false;
    }
  }

  @Override
  public void close() {
    close(server);
    cut();
  }

  private void accept() throws IOException {
    for (; ; ) {
      Socket client = server.accept();
      if (refusing) {
        close(client);
        continue;
      }
      run(() -> connect(client));
    }
  }

  private void connect(Socket client) throws IOException {
    sockets.add(client);
    try {
      Socket up = new Socket(service.getHost(), service.getPort());
      sockets.add(up);
      run(() -> pump(client, up, false));
      run(() -> pump(up, client, true));
    } catch (IOException absent) {
      close(client);
      sockets.remove(client);
    }
  }

  private void pump(Socket from, Socket to, boolean down) throws IOException {
    byte[] buffer = new byte[16384];
    try {
      for (int count = from.getInputStream().read(buffer);
          count >= 0;
          count = from.getInputStream().read(buffer)) {
        if (!(down && deaf)) {
          to.getOutputStream().write(buffer, 0, count);
        }
      }
    } finally {
      close(from);
      close(to);
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void run(Work work) {
    Runnable quiet =
        () -> {
          try {
            work.run();
          } catch (IOException cut) {
            // That is what it is for.
          }
        };
    Transport.daemon(quiet, "proxy").start();
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // It is closed in any case.
    }
  }
}
