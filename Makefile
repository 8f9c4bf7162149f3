# Every target installs what it needs beyond Rust, make, git and a shell; `.ci/tool` says what and how.
.PHONY: help demo bench bench-quick test test-rust test-go test-java test-typescript conformance sdk sdk-fresh \
  fmt lint lint-rust lint-crates lint-protos lint-go lint-java lint-typescript fuzz clean

# What `make demo` passes on, for example `make demo ARGS=--once`.
ARGS ?=
# How long `make fuzz` runs each target, in seconds.
SECONDS_EACH ?= 20
# Where rustup puts cargo, for a shell that has not read its profile since.
export PATH := $(PATH):$(HOME)/.cargo/bin

help: ## Lists the targets
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

demo: ## Simulator and service in one process, and an agent's day; flags in ARGS="--once"
	@.ci/tool rust
	cargo run --locked -- demo $(ARGS)

bench: ## Measures the service beside its baselines and writes docs/performance.md; some rows with ARGS="--row NAME"
	@.ci/tool rust
	@.ci/tool activemq
	@.ci/tool nats
	@.ci/tool pugixml
	cargo bench --locked --bench bench -- --write docs/performance.md $(ARGS)

bench-quick: ## The same in under three minutes, only printed
	@.ci/tool rust
	@.ci/tool activemq
	@.ci/tool nats
	@.ci/tool pugixml
	cargo bench --locked --bench bench -- --quick $(ARGS)

test: test-rust sdk-fresh test-go test-java test-typescript conformance ## Every test: the service, generated files, the SDKs and their conformance

test-rust: ## Unit tests, repository checks, integration tests, a real XMPP server, a real broker
	@.ci/tool rust
	@.ci/tool prosody
	@.ci/tool activemq
	@.ci/tool third-party
	cargo test --locked --no-fail-fast

test-go test-java test-typescript: test-%:
	@.ci/tool rust
	.ci/sdk test $*

conformance: ## The cases of clients/conformance over every SDK that can be built here; some in ARGS="--case NAME"
	@.ci/tool rust
	.ci/sdk conformance $(ARGS)

sdk: ## Generates the SDKs' messages, stubs and commands from the protos
	.ci/sdk write

sdk-fresh:
	.ci/sdk fresh

fmt: ## Formats Rust and protos in place
	@.ci/tool rust
	cargo fmt
	cargo fmt --manifest-path fuzz/Cargo.toml
	.ci/tool buf format -w

lint: lint-rust lint-crates lint-protos lint-go lint-java lint-typescript ## Formatting, clippy, dependencies and licences, protos, SDKs

lint-rust:
	@.ci/tool rust
	cargo fmt --check
	cargo fmt --check --manifest-path fuzz/Cargo.toml
	cargo clippy --all-targets --locked -- -D warnings
	cargo clippy --manifest-path fuzz/Cargo.toml --target-dir target --no-deps -- -D warnings

lint-crates:
	@.ci/tool rust
	.ci/tool cargo-deny --log-level error check bans licenses sources

lint-protos:
	.ci/tool buf lint
	.ci/tool buf format -d --exit-code
	.ci/sdk breaking

lint-go lint-java lint-typescript: lint-%:
	.ci/sdk lint $*

fuzz: ## Runs every fuzz target for SECONDS_EACH=20 seconds
	@.ci/tool rust
	@.ci/tool cargo-fuzz
	@for target in $$(.ci/tool cargo-fuzz list); do \
	  echo "fuzz $$target" && \
	  .ci/tool cargo-fuzz run --sanitizer none $$target -- -max_total_time=$(SECONDS_EACH) -verbosity=0 || exit 1; \
	done

clean: ## Removes what was built and the tools installed for the checks
	cargo clean
