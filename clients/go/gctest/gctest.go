// Package gctest starts the Generic Connector with its Finesse simulator, for tests of programmes that use it: real
// sockets, and a contact centre whose customers call when the test says so.
package gctest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"
)

const (
	startTimeout   = 30 * time.Second
	stopTimeout    = 10 * time.Second
	controlTimeout = 10 * time.Second
)

// Options say what is started.
type Options struct {
	// Binary is the programme; GC_BINARY, or generic-connector from the path, if it is empty.
	Binary string
	// Listen is where gRPC listens; any free port of this machine if it is empty.
	Listen string
	// Arguments come after those that this package gives, for example --sim-flavour uccx.
	Arguments []string
}

// Service is a running service with its simulator.
type Service struct {
	options Options
	command *exec.Cmd
	ended   chan struct{}
	ready   ready
	stop    sync.Once
}

type ready struct {
	GRPC       string `json:"grpc"`
	SimControl string `json:"sim_control"`
}

// Start starts a service that ends with the test. The test fails if it can't be started.
func Start(tb testing.TB, options Options) *Service {
	tb.Helper()
	service, err := Run(tb.Context(), options)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(service.Stop)
	return service
}

// Run starts a service; Stop ends it.
func Run(ctx context.Context, options Options) (*Service, error) {
	if options.Listen == "" {
		options.Listen = "127.0.0.1:0"
	}
	if options.Binary == "" {
		options.Binary = os.Getenv("GC_BINARY")
	}
	if options.Binary == "" {
		options.Binary = "generic-connector"
	}
	arguments := []string{"serve", "--sim", "--sim-free-ports", "--listen", options.Listen, "--bridge-tcp", "127.0.0.1:0", "--log", "warn"}
	command := exec.Command(options.Binary, append(arguments, options.Arguments...)...)
	command.Stderr = os.Stderr
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("gctest: %w (set GC_BINARY, or put generic-connector on the path)", err)
	}
	service := &Service{options: options, command: command, ended: make(chan struct{})}
	said := make(chan error, 1)
	go func() {
		lines := bufio.NewReader(output)
		line, err := lines.ReadBytes('\n')
		if err == nil {
			err = json.Unmarshal(line, &service.ready)
		}
		said <- err
		_, _ = io.Copy(io.Discard, lines)
		_ = command.Wait()
		close(service.ended)
	}()
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	select {
	case err = <-said:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil {
		service.Stop()
		return nil, fmt.Errorf("gctest: %s did not get ready: %w", options.Binary, err)
	}
	return service, nil
}

// Address is where gRPC listens, for gc.NewClient.
func (s *Service) Address() string { return "http://" + s.ready.GRPC }

// Stop ends the service, with a notice to its clients.
func (s *Service) Stop() {
	s.stop.Do(func() {
		_ = s.command.Process.Signal(os.Interrupt)
		select {
		case <-s.ended:
		case <-time.After(stopTimeout):
			s.Kill()
		}
	})
}

// Kill ends the service without a notice.
func (s *Service) Kill() {
	_ = s.command.Process.Kill()
	<-s.ended
}

// Again starts another service at the same address, after this one ended. Its contact centre begins anew.
func (s *Service) Again(ctx context.Context) (*Service, error) {
	options := s.options
	options.Listen = s.ready.GRPC
	return Run(ctx, options)
}

// Call lets a customer call an extension or a queue's number, and gives the call's id.
func (s *Service) Call(ctx context.Context, from, to string, variables map[string]string) (string, error) {
	if variables == nil {
		variables = map[string]string{}
	}
	var made struct {
		Dialog json.Number `json:"dialog"`
	}
	err := s.Control(ctx, http.MethodPost, "/calls", map[string]any{"from": from, "to": to, "variables": variables}, &made)
	return made.Dialog.String(), err
}

// Answer lets the number outside answer a call.
func (s *Service) Answer(ctx context.Context, call string) error {
	return s.Control(ctx, http.MethodPost, "/calls/"+call+"/answer", struct{}{}, nil)
}

// HangUp lets the customer hang up.
func (s *Service) HangUp(ctx context.Context, call string) error {
	return s.Control(ctx, http.MethodPost, "/calls/"+call+"/hangup", struct{}{}, nil)
}

// Fault lets Finesse fail; docs/simulator.md lists the faults, for example {"kind":"silent","user":"1001","action":"READY"}.
func (s *Service) Fault(ctx context.Context, fault map[string]any) error {
	return s.Control(ctx, http.MethodPost, "/faults", fault, nil)
}

// Status takes Finesse out of service (OUT_OF_SERVICE, PARTIAL_SERVICE), or back in (IN_SERVICE).
func (s *Service) Status(ctx context.Context, status string) error {
	return s.Control(ctx, http.MethodPost, "/service", map[string]any{"status": status}, nil)
}

// Control asks the simulator's control API; docs/simulator.md lists what there is.
func (s *Service) Control(ctx context.Context, method, path string, body, into any) error {
	ctx, cancel := context.WithTimeout(ctx, controlTimeout)
	defer cancel()
	written, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, method, "http://"+s.ready.SimControl+path, bytes.NewReader(written))
	if err != nil {
		return err
	}
	request.Header.Set("content-type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(response.Body, 16<<20))
	if err == nil && response.StatusCode >= http.StatusBadRequest {
		err = errors.New(response.Status + ": " + string(answer))
	}
	if err == nil && into != nil {
		err = json.Unmarshal(answer, into)
	}
	return err
}
