// Parses a notification with pugixml, both levels, so many times over: what each time took, in a line of JSON.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

#include <pugixml.hpp>

// Both documents as trees; how many elements the inner one has.
static long both_levels(const std::string &stanza, bool count) {
  pugi::xml_document outer, inner;
  if (!outer.load_buffer(stanza.data(), stanza.size())) return -1;
  pugi::xml_node text = outer;
  while (text.first_child()) text = text.first_child();
  if (!inner.load_buffer(text.value(), std::strlen(text.value()))) return -1;
  return count ? static_cast<long>(inner.select_nodes("//*").size()) : 0;
}

int main(int count, char **arguments) {
  if (count != 3) return 64;
  std::ifstream file(arguments[1], std::ios::binary);
  const std::string stanza((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const long times = std::atol(arguments[2]);
  const long elements = both_levels(stanza, true);
  // The first tenth warms up.
  for (long i = 0; i < times / 10; ++i) both_levels(stanza, false);
  const auto begun = std::chrono::steady_clock::now();
  for (long i = 0; i < times; ++i) {
    if (both_levels(stanza, false) < 0) return 1;
  }
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begun;
  std::printf("{\"elements\":%ld,\"micros\":%.4f}\n", elements, took.count() / static_cast<double>(times));
  return elements > 0 ? 0 : 1;
}
