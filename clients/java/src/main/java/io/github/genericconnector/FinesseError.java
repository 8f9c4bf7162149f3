package io.github.genericconnector;

import java.util.Map;
import java.util.Optional;

/** What Finesse itself said; each part is there if Finesse said it. */
public final class FinesseError {
  private final Map<String, String> metadata;

  private FinesseError(Map<String, String> metadata) {
    this.metadata = metadata;
  }

  /** The words of Finesse in an error's metadata, if there are any. */
  static Optional<FinesseError> of(Map<String, String> metadata) {
    FinesseError error = new FinesseError(metadata);
    boolean said =
        error.errorType().isPresent()
            || error.errorMessage().isPresent()
            || error.errorData().isPresent()
            || error.peripheralCode().isPresent()
            || error.peripheralMessage().isPresent()
            || error.httpStatus().isPresent();
    return said ? Optional.of(error) : Optional.empty();
  }

  /**
   * Finesse's error type.
   *
   * @return for example {@code Invalid State}
   */
  public Optional<String> errorType() {
    return Optional.ofNullable(metadata.get("error_type"));
  }

  /**
   * Finesse's error message.
   *
   * @return for example {@code CF_INVALID_OBJECT_STATE}
   */
  public Optional<String> errorMessage() {
    return Optional.ofNullable(metadata.get("error_message"));
  }

  /**
   * Finesse's error data.
   *
   * @return often a code, or the name of a parameter
   */
  public Optional<String> errorData() {
    return Optional.ofNullable(metadata.get("error_data"));
  }

  /**
   * The code of the platform behind Finesse.
   *
   * @return a number as text
   */
  public Optional<String> peripheralCode() {
    return Optional.ofNullable(metadata.get("peripheral_code"));
  }

  /**
   * The words of the platform behind Finesse.
   *
   * @return a sentence
   */
  public Optional<String> peripheralMessage() {
    return Optional.ofNullable(metadata.get("peripheral_message"));
  }

  /**
   * The HTTP status of Finesse's answer.
   *
   * @return for example {@code 400}
   */
  public Optional<String> httpStatus() {
    return Optional.ofNullable(metadata.get("http_status"));
  }
}
