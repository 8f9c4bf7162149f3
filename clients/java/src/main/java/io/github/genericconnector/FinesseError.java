// Finesse's own words about an error.

package io.github.genericconnector;

import java.util.Map;
import java.util.Optional;

/**
 * What Finesse itself said about an error; each part is absent where Finesse did not say it.
 *
 * @param errorType Finesse's word for the kind of error
 * @param errorMessage its text
 * @param errorData what the text is about
 * @param peripheralCode the code of the system behind Finesse
 * @param peripheralMessage that system's text
 * @param httpStatus the status of Finesse's answer
 */
public record FinesseError(
    Optional<String> errorType,
    Optional<String> errorMessage,
    Optional<String> errorData,
    Optional<String> peripheralCode,
    Optional<String> peripheralMessage,
    Optional<String> httpStatus) {

  static Optional<FinesseError> of(Map<String, String> metadata) {
    FinesseError said =
        new FinesseError(
            Optional.ofNullable(metadata.get("error_type")),
            Optional.ofNullable(metadata.get("error_message")),
            Optional.ofNullable(metadata.get("error_data")),
            Optional.ofNullable(metadata.get("peripheral_code")),
            Optional.ofNullable(metadata.get("peripheral_message")),
            Optional.ofNullable(metadata.get("http_status")));
    return said.equals(NOTHING) ? Optional.empty() : Optional.of(said);
  }

  private static final FinesseError NOTHING =
      new FinesseError(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
}
