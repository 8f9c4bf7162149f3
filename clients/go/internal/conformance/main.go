// The runner of the conformance suite: operations in, what the SDK said out. Its protocol stands in clients/README.md.
package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"
	"sync"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/generic-connector/generic-connector/clients/go/gc"
)

type operation struct {
	ID              int             `json:"id"`
	Op              string          `json:"op"`
	Session         string          `json:"session"`
	Address         string          `json:"address"`
	AgentID         string          `json:"agent_id"`
	Password        string          `json:"password"`
	Options         options         `json:"options"`
	RPC             string          `json:"rpc"`
	Request         json.RawMessage `json:"request"`
	TimeoutMS       int             `json:"timeout_ms"`
	RequestID       string          `json:"request_id"`
	ExpectedVersion *uint64         `json:"expected_version,string"`
	Wait            string          `json:"wait"`
	Command         int             `json:"command"`
	APIKey          string          `json:"api_key"`
	Agents          []string        `json:"agents"`
	Teams           []string        `json:"teams"`
	All             bool            `json:"all"`
}

type options struct {
	BackoffFirstMS     *int              `json:"backoff_first_ms"`
	BackoffLongestMS   *int              `json:"backoff_longest_ms"`
	ConnectTimeoutMS   *int              `json:"connect_timeout_ms"`
	CommandTimeoutMS   *int              `json:"command_timeout_ms"`
	SilenceTimeoutMS   *int              `json:"silence_timeout_ms"`
	EventBuffer        *int              `json:"event_buffer"`
	KeepaliveMS        *int              `json:"keepalive_ms"`
	KeepaliveTimeoutMS *int              `json:"keepalive_timeout_ms"`
	CAPEM              string            `json:"ca_pem"`
	Metadata           map[string]string `json:"metadata"`
	ClientName         string            `json:"client_name"`
}

func (o options) client(address string) (*gc.Client, error) {
	millis := func(value *int, otherwise time.Duration) time.Duration {
		if value == nil {
			return otherwise
		}
		return time.Duration(*value) * time.Millisecond
	}
	given := []gc.Option{
		gc.WithClientName(o.ClientName),
		gc.WithBackoff(millis(o.BackoffFirstMS, 250*time.Millisecond), millis(o.BackoffLongestMS, 15*time.Second)),
		gc.WithConnectTimeout(millis(o.ConnectTimeoutMS, 30*time.Second)),
		gc.WithCommandTimeout(millis(o.CommandTimeoutMS, 0)),
		gc.WithSilenceTimeout(millis(o.SilenceTimeoutMS, 45*time.Second)),
		gc.WithKeepalive(millis(o.KeepaliveMS, 20*time.Second), millis(o.KeepaliveTimeoutMS, 10*time.Second)),
	}
	if o.EventBuffer != nil {
		given = append(given, gc.WithEventBuffer(*o.EventBuffer))
	}
	if o.CAPEM != "" {
		authorities := x509.NewCertPool()
		authorities.AppendCertsFromPEM([]byte(o.CAPEM))
		given = append(given, gc.WithTLS(&tls.Config{RootCAs: authorities}))
	}
	for name, value := range o.Metadata {
		given = append(given, gc.WithMetadata(name, value))
	}
	return gc.NewClient(address, given...)
}

// open is a session or an observer, and the gate that its consumer passes before each item.
type open struct {
	client   *gc.Client
	session  *gc.AgentSession
	observer *gc.Observer
	gate     sync.Mutex
	paused   bool
}

// pause holds the consumer, or lets it go on.
func (o *open) pause(hold bool) {
	if hold != o.paused {
		o.paused = hold
		if hold {
			o.gate.Lock()
		} else {
			o.gate.Unlock()
		}
	}
}

type runner struct {
	mu       sync.Mutex
	out      *json.Encoder
	open     map[string]*open
	commands map[int]context.CancelFunc
}

func main() {
	r := &runner{out: json.NewEncoder(os.Stdout), open: map[string]*open{}, commands: map[int]context.CancelFunc{}}
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 16<<20)
	for input.Scan() {
		var op operation
		if err := json.Unmarshal(input.Bytes(), &op); err != nil {
			fmt.Fprintln(os.Stderr, "unreadable:", err)
			continue
		}
		go r.carryOut(op)
	}
	for _, one := range r.open {
		_ = one.client.Close()
	}
}

func (r *runner) say(line any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	_ = r.out.Encode(line)
}

func (r *runner) carryOut(op operation) {
	answer, err := r.answer(op)
	if err != nil {
		r.say(map[string]any{"id": op.ID, "error": errorJSON(err, op.RPC)})
		return
	}
	r.say(map[string]any{"id": op.ID, "ok": answer})
}

func (r *runner) at(name string) (*open, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if found := r.open[name]; found != nil {
		return found, nil
	}
	return nil, fmt.Errorf("no session %s", name)
}

func (r *runner) answer(op operation) (any, error) {
	nothing := map[string]any{}
	switch op.Op {
	case "open":
		return r.connect(op)
	case "observe":
		return nothing, r.observe(op)
	case "hello":
		client, err := op.Options.client(op.Address)
		if err != nil {
			return nil, err
		}
		defer func() { _ = client.Close() }()
		status, err := client.Hello(context.Background())
		return map[string]any{"status": status.String()}, err
	case "cancel":
		r.mu.Lock()
		defer r.mu.Unlock()
		if cancel := r.commands[op.Command]; cancel != nil {
			cancel()
		}
		return nothing, nil
	}
	at, err := r.at(op.Session)
	if err != nil {
		return nil, err
	}
	switch op.Op {
	case "command":
		return r.command(op, at)
	case "view":
		if at.observer != nil {
			view := map[string]any{"connection": at.observer.Connection().State}
			if known, ok := at.observer.Views()[op.AgentID]; ok {
				view["snapshot"] = messageJSON(known.Snapshot)
			}
			return view, nil
		}
		return map[string]any{
			"connection": at.session.Connection().State,
			"snapshot":   messageJSON(at.session.View().Snapshot),
		}, nil
	case "pause", "resume":
		at.pause(op.Op == "pause")
		return nothing, nil
	case "close":
		if at.observer != nil {
			return nothing, at.observer.Close()
		}
		return nothing, at.session.Close()
	default:
		return nil, fmt.Errorf("unknown operation %s", op.Op)
	}
}

func (r *runner) connect(op operation) (any, error) {
	client, err := op.Options.client(op.Address)
	if err != nil {
		return nil, err
	}
	session, err := client.Connect(context.Background(), gc.Credentials{AgentID: op.AgentID, Password: op.Password})
	if err != nil {
		_ = client.Close()
		return nil, err
	}
	at := &open{client: client, session: session}
	items := session.Events(context.Background())
	follow(r, op.Session, at, items, session.Err, func(item gc.Item) (string, gc.Item) { return "", item })
	return map[string]any{"epoch": fmt.Sprint(session.View().GetEpoch())}, nil
}

func (r *runner) observe(op operation) error {
	client, err := op.Options.client(op.Address)
	if err != nil {
		return err
	}
	observer := client.Observe(gc.ObserveOptions{APIKey: op.APIKey, Agents: op.Agents, Teams: op.Teams, All: op.All})
	at := &open{client: client, observer: observer}
	items := observer.Events(context.Background())
	follow(r, op.Session, at, items, observer.Err, func(item gc.Observed) (string, gc.Item) { return item.AgentID, item.Item })
	return nil
}

// follow tells what a session or an observer gives.
func follow[T any](r *runner, name string, at *open, items iter.Seq[T], cause func() error, of func(T) (string, gc.Item)) {
	r.mu.Lock()
	r.open[name] = at
	r.mu.Unlock()
	go func() {
		for given := range items {
			at.gate.Lock()
			agent, item := of(given)
			line := map[string]any{"session": name, "item": itemJSON(item)}
			if agent != "" {
				line["agent_id"] = agent
			}
			r.say(line)
			at.gate.Unlock()
		}
		end := map[string]any{"session": name, "end": map[string]any{}}
		if err := cause(); err != nil {
			end["error"] = errorJSON(err, "")
		}
		r.say(end)
		_ = at.client.Close()
	}()
}

func itemJSON(item gc.Item) any {
	switch item := item.(type) {
	case gc.SnapshotItem:
		return map[string]any{"snapshot": messageJSON(item.Snapshot)}
	case gc.EventItem:
		return map[string]any{"event": messageJSON(item.Event)}
	case gc.ResetItem:
		return map[string]any{"reset": messageJSON(item.Reset)}
	case gc.StaleItem:
		return map[string]any{"stale": messageJSON(item.Stale)}
	case gc.AttachedItem:
		return map[string]any{"attached": messageJSON(item.AgentAttached)}
	case gc.DetachedItem:
		return map[string]any{"detached": messageJSON(item.AgentDetached)}
	case gc.ConnectionItem:
		connection := map[string]any{"state": item.State}
		if item.Err != nil {
			connection["error"] = errorJSON(item.Err, "")
		}
		return map[string]any{"connection": connection}
	default:
		return nil
	}
}

func messageJSON(message proto.Message) json.RawMessage {
	made, err := protojson.Marshal(message)
	if err != nil {
		fmt.Fprintln(os.Stderr, "unwritable:", err)
	}
	return made
}

func errorJSON(err error, rpc string) map[string]any {
	var failed *gc.Error
	if errors.Is(err, context.Canceled) && !errors.As(err, &failed) {
		return map[string]any{"reason": "CANCELLED", "command": rpc}
	}
	if !errors.As(err, &failed) {
		return map[string]any{"reason": "RUNNER", "message": err.Error()}
	}
	made := map[string]any{
		"reason":         failed.ReasonName,
		"code":           codeName(failed.Code),
		"message":        failed.Message,
		"retry":          failed.Retry.String(),
		"retryable":      failed.Retryable(),
		"retry_after_ms": failed.RetryAfter.Milliseconds(),
		"command":        failed.Command,
		"request_id":     failed.RequestID,
	}
	if said := failed.Finesse(); said != nil {
		words := map[string]string{}
		for name, value := range map[string]string{
			"error_type": said.ErrorType, "error_message": said.ErrorMessage, "error_data": said.ErrorData,
			"peripheral_code": said.PeripheralCode, "peripheral_message": said.PeripheralMessage, "http_status": said.HTTPStatus,
		} {
			if value != "" {
				words[name] = value
			}
		}
		made["finesse"] = words
	}
	return made
}

// codeName is the code's name in gRPC's spelling.
func codeName(code codes.Code) string {
	if code == codes.Canceled {
		return "CANCELLED"
	}
	var name strings.Builder
	for at, letter := range code.String() {
		if at > 0 && letter >= 'A' && letter <= 'Z' {
			name.WriteByte('_')
		}
		name.WriteRune(letter)
	}
	return strings.ToUpper(name.String())
}
