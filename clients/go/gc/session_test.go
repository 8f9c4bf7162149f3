package gc_test

import (
	"context"
	"errors"
	"io"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/generic-connector/generic-connector/clients/go/gc"
	gcv1 "github.com/generic-connector/generic-connector/clients/go/gc/v1"
	"github.com/generic-connector/generic-connector/clients/go/gctest"
)

// line is a way to the service that can be cut.
type line struct {
	listener net.Listener
	mu       sync.Mutex
	open     []net.Conn
}

func newLine(t *testing.T, address string) *line {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &line{listener: listener}
	t.Cleanup(func() {
		_ = listener.Close()
		l.cut()
	})
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
			if err != nil {
				_ = near.Close()
				continue
			}
			l.mu.Lock()
			l.open = append(l.open, near, far)
			l.mu.Unlock()
			go func() { _, _ = io.Copy(near, far); _ = near.Close() }()
			go func() { _, _ = io.Copy(far, near); _ = far.Close() }()
		}
	}()
	return l
}

func (l *line) address() string { return "http://" + l.listener.Addr().String() }

func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, conn := range l.open {
		_ = conn.Close()
	}
	l.open = nil
}

// connect gives a session that is closed with the test.
func connect(t *testing.T, address string, options ...gc.Option) *gc.AgentSession {
	t.Helper()
	options = append([]gc.Option{gc.WithBackoff(20*time.Millisecond, 200*time.Millisecond)}, options...)
	client, err := gc.NewClient(address, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	session, err := client.Connect(t.Context(), gc.Credentials{AgentID: "1001", Password: "demo"})
	if err != nil {
		t.Fatal(err)
	}
	return session
}

func login(t *testing.T, session *gc.AgentSession) {
	t.Helper()
	if _, err := session.Login(t.Context(), "2001"); err != nil {
		t.Fatal(err)
	}
}

// until takes items until one is what is looked for, and gives the numbers of the events on the way.
func until(t *testing.T, next func() (gc.Item, bool), what string, is func(gc.Item) bool) (sequences []uint64) {
	t.Helper()
	for {
		item, more := next()
		if !more {
			t.Fatalf("%s did not come", what)
		}
		if event, ok := item.(gc.EventItem); ok {
			sequences = append(sequences, event.GetSequence())
		}
		if is(item) {
			return sequences
		}
	}
}

func state(want gc.ConnectionState) func(gc.Item) bool {
	return func(item gc.Item) bool {
		connection, ok := item.(gc.ConnectionItem)
		return ok && connection.State == want
	}
}

func TestADayIsInTheViewWhenTheCommandReturns(t *testing.T) {
	service := gctest.Start(t, gctest.Options{})
	session := connect(t, service.Address())
	login(t, session)
	if got := session.View().GetStatus().GetState(); got != gcv1.AgentState_AGENT_STATE_NOT_READY {
		t.Errorf("signed in, the view is %v", got)
	}
	items := puller(t, session)
	call, err := service.Call(t.Context(), "5551234", "2001", nil)
	if err != nil {
		t.Fatal(err)
	}
	until(t, items, "the offer", func(item gc.Item) bool {
		event, ok := item.(gc.EventItem)
		return ok && event.GetDialogOffered() != nil
	})
	if _, err := session.AnswerCall(t.Context(), call); err != nil {
		t.Fatal(err)
	}
	if _, err := session.HoldCall(t.Context(), call); err != nil {
		t.Fatal(err)
	}
	dialog := session.View().Dialog(call)
	if dialog.GetOwnParticipant().GetState() != gcv1.ParticipantState_PARTICIPANT_STATE_HELD {
		t.Errorf("held, the view is %v", dialog)
	}
	var refused *gc.Error
	if _, err := session.HoldCall(t.Context(), call); !errors.As(err, &refused) ||
		refused.Reason != gcv1.ErrorReason_ERROR_REASON_ACTION_NOT_ALLOWED || refused.Command != "HoldCall" || refused.RequestID == "" {
		t.Errorf("a second hold: %v", err)
	}
}

// puller gives a session's items one by one, each within 20 s.
func puller(t *testing.T, session *gc.AgentSession) func() (gc.Item, bool) {
	t.Helper()
	items := make(chan gc.Item, 4096)
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	given := session.Events(ctx)
	go func() {
		defer close(items)
		for item := range given {
			items <- item
		}
	}()
	return func() (gc.Item, bool) {
		select {
		case item, more := <-items:
			return item, more
		case <-time.After(20 * time.Second):
			return nil, false
		}
	}
}

func TestACutConnectionLosesNothing(t *testing.T) {
	service := gctest.Start(t, gctest.Options{})
	way := newLine(t, service.Address())
	session := connect(t, way.address())
	login(t, session)
	items := puller(t, session)
	var sequences []uint64
	for range 10 {
		way.cut()
		if _, err := session.MakeReady(t.Context()); err != nil {
			t.Fatal(err)
		}
		way.cut()
		if _, err := session.MakeNotReady(t.Context()); err != nil {
			t.Fatal(err)
		}
		sequences = append(sequences, until(t, items, "NOT_READY", func(item gc.Item) bool {
			event, ok := item.(gc.EventItem)
			return ok && event.GetAgentStateChanged().GetStatus().GetState() == gcv1.AgentState_AGENT_STATE_NOT_READY
		})...)
	}
	for at := 1; at < len(sequences); at++ {
		if sequences[at] != sequences[at-1]+1 {
			t.Fatalf("events %v", sequences)
		}
	}
}

func TestARestartIsToldAndSurvived(t *testing.T) {
	service := gctest.Start(t, gctest.Options{})
	session := connect(t, service.Address())
	login(t, session)
	items := puller(t, session)
	before := session.View().GetEpoch()
	service.Kill()
	until(t, items, "RECONNECTING", state(gc.Reconnecting))
	again, err := service.Again(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(again.Stop)
	until(t, items, "a reset", func(item gc.Item) bool {
		reset, ok := item.(gc.ResetItem)
		return ok && reset.GetReason() == gcv1.ResetReason_RESET_REASON_EPOCH_CHANGED
	})
	until(t, items, "a snapshot", func(item gc.Item) bool { _, ok := item.(gc.SnapshotItem); return ok })
	if session.View().GetEpoch() == before {
		t.Error("the epoch is the old one")
	}
	login(t, session)
}

func TestOneRequestIDIsOneCommand(t *testing.T) {
	service := gctest.Start(t, gctest.Options{})
	session := connect(t, service.Address())
	login(t, session)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if _, err := session.MakeReady(t.Context(), gc.WithRequestID("0b9d2b0e-9d2c-4a53-8a3a-51c7e0a4c001")); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	var world struct {
		Requests map[string]map[string]int `json:"requests"`
	}
	if err := service.Control(t.Context(), "GET", "/world", nil, &world); err != nil {
		t.Fatal(err)
	}
	if got := world.Requests["1001"]["READY"]; got != 1 {
		t.Errorf("Finesse was asked %d times: %v", got, world.Requests)
	}
}

func TestCloseEndsLoopsAndGoroutines(t *testing.T) {
	service := gctest.Start(t, gctest.Options{})
	before := runtime.NumGoroutine()
	session := connect(t, service.Address(), gc.WithEventBuffer(2))
	login(t, session)
	unread := session.Events(t.Context())
	for range 5 {
		if _, err := session.MakeReady(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := session.MakeNotReady(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := session.Close(); err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for item := range unread {
		switch item := item.(type) {
		case gc.ResetItem:
			kinds = append(kinds, item.GetReason().String())
		case gc.ConnectionItem:
			kinds = append(kinds, string(item.State))
		}
	}
	if got := strings.Join(kinds, " "); !strings.HasPrefix(got, "RESET_REASON_CONSUMER_BEHIND") || !strings.HasSuffix(got, "CLOSED") {
		t.Errorf("the loop that was behind got %s", got)
	}
	if session.Err() != nil {
		t.Errorf("closed by %v", session.Err())
	}
	if _, err := session.MakeReady(t.Context()); gc.ReasonOf(err) != gcv1.ErrorReason_ERROR_REASON_NOT_CONNECTED {
		t.Errorf("a command after the close: %v", err)
	}
	deadline := time.Now().Add(10 * time.Second)
	// The channel's own goroutines are the client's, which the test closes later.
	for runtime.NumGoroutine() > before+8 {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines, before %d", runtime.NumGoroutine(), before)
		}
		runtime.Gosched()
	}
}
