// Whom an observer watches, and by what right.

package io.github.genericconnector;

import java.util.List;

/**
 * Whom a service watches. Its text form does not show the key.
 *
 * @param apiKey the service's API key. Secret.
 * @param agents login ids
 * @param teams ids of teams whose agents are watched as they come and go
 * @param all every agent that the key may see
 */
public record Observation(String apiKey, List<String> agents, List<String> teams, boolean all) {
  /**
   * Takes the lists as they are now.
   *
   * @param apiKey the service's API key. Secret.
   * @param agents login ids
   * @param teams ids of teams whose agents are watched as they come and go
   * @param all every agent that the key may see
   */
  public Observation {
    agents = List.copyOf(agents);
    teams = List.copyOf(teams);
  }

  /**
   * Every agent that a key may see.
   *
   * @param apiKey the service's API key
   * @return whom to watch
   */
  public static Observation ofAll(String apiKey) {
    return new Observation(apiKey, List.of(), List.of(), true);
  }

  /**
   * Certain agents.
   *
   * @param apiKey the service's API key
   * @param agents login ids
   * @return whom to watch
   */
  public static Observation ofAgents(String apiKey, List<String> agents) {
    return new Observation(apiKey, agents, List.of(), false);
  }

  /**
   * The agents of certain teams, as they come and go.
   *
   * @param apiKey the service's API key
   * @param teams ids of teams
   * @return whom to watch
   */
  public static Observation ofTeams(String apiKey, List<String> teams) {
    return new Observation(apiKey, List.of(), teams, false);
  }

  @Override
  public String toString() {
    return "Observation[agents=" + agents + ", teams=" + teams + ", all=" + all + "]";
  }
}
