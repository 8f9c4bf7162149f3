// What ends a listener's being told.

package io.github.genericconnector;

/** A listener that is being told; closing it ends that. */
public interface Registration extends AutoCloseable {
  /** Tells the listener nothing more. */
  @Override
  void close();
}
