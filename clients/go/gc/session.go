package gc

import (
	"context"
	"iter"
	"sync"
	"time"

	gcv1 "github.com/generic-connector/generic-connector/clients/go/gc/v1"
)

const (
	// How long a reply waits for the picture to reach it.
	pictureTimeout = time.Second
	// How long Close waits for the service.
	disconnectTimeout = 2 * time.Second
)

// AgentSession is an agent, connected: commands, events, and a picture, behind which a stream mends itself. Its methods
// may be called by any goroutine.
type AgentSession struct {
	client *Client
	link   *connector
	// stop ends with the session.
	stop   context.Context
	cancel context.CancelFunc
	done   chan struct{}

	mu         sync.Mutex
	view       AgentView
	connection Connection
	cause      *Error
	token      string
	consumers  consumers[Item]
	waiting    map[chan struct{}]uint64
	teams      map[string]*gcv1.GetTeamUsersRequest
	close      sync.Once
}

func newSession(client *Client, link *connector) *AgentSession {
	stop, cancel := context.WithCancel(context.Background())
	s := &AgentSession{
		client:     client,
		link:       link,
		stop:       stop,
		cancel:     cancel,
		done:       make(chan struct{}),
		view:       AgentView{link.last().GetSnapshot()},
		connection: Connection{State: Connected},
		consumers:  consumers[Item]{open: map[*consumer[Item]]struct{}{}, limit: client.settings.eventBuffer},
		waiting:    map[chan struct{}]uint64{},
		teams:      map[string]*gcv1.GetTeamUsersRequest{},
	}
	link.refused = s.end
	return s
}

func (s *AgentSession) start() {
	go func() {
		defer close(s.done)
		if final := keepSubscribed(s.stop, s.client, s); final != nil {
			s.end(final)
		}
	}()
}

// AgentID is the login id, as Finesse spells it.
func (s *AgentSession) AgentID() string { return s.View().GetAgentId() }

// Profile says who the agent was at the last Connect; the view's Info follows changes.
func (s *AgentSession) Profile() *gcv1.AgentInfo { return s.link.last().GetProfile() }

// Capabilities says what this deployment can do.
func (s *AgentSession) Capabilities() *gcv1.Capabilities { return s.link.last().GetCapabilities() }

// View is the agent now: each event is in it before a loop is given it.
func (s *AgentSession) View() AgentView {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.view
}

// Connection says how the session is connected.
func (s *AgentSession) Connection() Connection {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.connection
}

// Err says why the session ended by itself; nil while it lives, and after Close.
func (s *AgentSession) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cause == nil {
		return nil
	}
	return s.cause
}

// Events gives what happens, after a snapshot of what is, until ctx or the session ends (see Err). Any number of loops
// may run side by side, each with a queue of its own, which begins now. One that leaves it full loses what waits there
// and is told so, by a reset and a snapshot.
func (s *AgentSession) Events(ctx context.Context) iter.Seq[Item] {
	s.mu.Lock()
	defer s.mu.Unlock()
	return loop(ctx, s.consumers.add([]Item{s.picture()}, s.lost), func(one *consumer[Item]) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.consumers.remove(one)
	})
}

func (s *AgentSession) picture() Item { return SnapshotItem{s.view.copied()} }

func (s *AgentSession) lost() []Item {
	reset := &gcv1.Reset{AgentId: s.view.GetAgentId(), Reason: gcv1.ResetReason_RESET_REASON_CONSUMER_BEHIND}
	return []Item{ResetItem{reset}, s.picture()}
}

// Close ends the session here, in at most two seconds: it signs nobody out, and lets loops have what waits for them.
func (s *AgentSession) Close() error {
	s.close.Do(func() {
		over := s.stop.Err() != nil
		s.cancel()
		<-s.done
		// Before loops hear of the end: they may close the client.
		if !over {
			ctx, cancel := context.WithTimeout(context.Background(), disconnectTimeout)
			defer cancel()
			ctx = s.client.outgoing(ctx, bearer(s.link.last().GetToken())...)
			// A token that is not ended here ends by itself.
			_, _ = gcv1.NewAgentServiceClient(s.client.conn).Disconnect(ctx, &gcv1.DisconnectRequest{})
		}
		s.end(nil)
	})
	return nil
}

// over is the error of a session that has ended.
func (s *AgentSession) over(command, requestID string) error {
	if err := s.Err(); err != nil {
		return err
	}
	return closedError(command, requestID)
}

func (s *AgentSession) end(cause *Error) {
	s.mu.Lock()
	if s.connection.State == Closed {
		s.mu.Unlock()
		return
	}
	s.cause = cause
	ended := Connection{State: Closed}
	if cause != nil {
		ended.Err = cause
	}
	s.change(ended)
	s.consumers.end()
	s.wake(true)
	s.mu.Unlock()
	s.cancel()
	s.client.forget(s)
}

func (s *AgentSession) remember(request *gcv1.GetTeamUsersRequest) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if request.Subscribe != nil && !request.GetSubscribe() {
		delete(s.teams, request.GetTeamId())
	} else {
		s.teams[request.GetTeamId()] = request
	}
}

// reached waits until the picture holds what a reply took into account, if it does soon.
func (s *AgentSession) reached(ctx context.Context, sequence uint64) {
	s.mu.Lock()
	connected := s.connection.State == Connected || s.connection.State == Draining
	if !connected || s.view.GetSequence() >= sequence || s.view.GetEpoch() != s.link.last().GetEpoch() {
		s.mu.Unlock()
		return
	}
	reached := make(chan struct{})
	s.waiting[reached] = sequence
	s.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, pictureTimeout)
	defer cancel()
	select {
	case <-reached:
	case <-ctx.Done():
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.waiting, reached)
	}
}

// wake ends the waiting of replies that the picture has reached, or of all. Its caller holds the lock, as with the
// methods below.
func (s *AgentSession) wake(all bool) {
	for reached, sequence := range s.waiting {
		if all || sequence <= s.view.GetSequence() {
			delete(s.waiting, reached)
			close(reached)
		}
	}
}

func (s *AgentSession) push(item Item) {
	pictured := true
	switch item.(type) {
	case ConnectionItem, ResetItem:
		pictured = false
	}
	s.consumers.push(item, pictured)
}

func (s *AgentSession) change(to Connection) {
	if s.connection.State == to.State || s.connection.State == Closed {
		return
	}
	s.connection = to
	s.push(ConnectionItem{to})
}

// What the stream asks and tells.

func (s *AgentSession) request() *gcv1.SubscribeRequest {
	cursor := s.View().GetCursor()
	return &gcv1.SubscribeRequest{Agents: []*gcv1.AgentSelector{{Cursor: &cursor}}}
}

func (s *AgentSession) headers() []string {
	token := s.link.last().GetToken()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.token = token
	return bearer(token)
}

func (s *AgentSession) connected() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.change(Connection{State: Connected})
}

func (s *AgentSession) broken(err *Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.change(Connection{State: Reconnecting, Err: err})
	s.wake(true)
}

func (s *AgentSession) recover(err *Error) *Error {
	if isRefused(err) {
		s.mu.Lock()
		token := s.token
		s.mu.Unlock()
		s.link.renew(s.stop, s.stop, token)
	}
	return nil
}

func (s *AgentSession) message(response *gcv1.SubscribeResponse) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.wake(false)
	switch message := response.GetMessage().(type) {
	case *gcv1.SubscribeResponse_Snapshot:
		another := message.Snapshot.GetEpoch() != s.view.GetEpoch()
		s.view = AgentView{message.Snapshot}
		s.push(SnapshotItem{message.Snapshot})
		if another {
			s.watchTeams()
		}
	case *gcv1.SubscribeResponse_Resumed:
		// From here on the picture is current, unless a stale follows.
		if s.view.Stale != nil {
			s.stale(&gcv1.Stale{AgentId: s.view.GetAgentId()})
		}
	case *gcv1.SubscribeResponse_Event:
		event := message.Event
		if event.GetSequence() <= s.view.GetSequence() {
			return nil
		}
		if event.GetSequence() != s.view.GetSequence()+1 {
			return hole(event, s.view.GetSequence())
		}
		s.view = s.view.afterEvent(event)
		s.push(EventItem{event})
	case *gcv1.SubscribeResponse_Reset_:
		s.push(ResetItem{message.Reset_})
	case *gcv1.SubscribeResponse_Stale:
		s.stale(message.Stale)
	case *gcv1.SubscribeResponse_Draining:
		s.change(Connection{State: Draining, Deadline: message.Draining.GetDeadline().AsTime()})
	}
	return nil
}

func (s *AgentSession) stale(stale *gcv1.Stale) {
	s.view = s.view.afterStale(stale)
	s.push(StaleItem{stale})
}

// watchTeams subscribes to the teams that the program watches: another session knows nothing of them.
func (s *AgentSession) watchTeams() {
	for _, team := range s.teams {
		go s.watchTeam(team, s.view.GetEpoch())
	}
}

// watchTeam subscribes to a team in the session of an epoch, as often as it takes.
func (s *AgentSession) watchTeam(team *gcv1.GetTeamUsersRequest, epoch uint64) {
	again := WithRequest(func(request *gcv1.GetTeamUsersRequest) {
		request.Subscribe, request.IncludeLoggedOut = team.Subscribe, team.IncludeLoggedOut
	})
	delays := s.client.settings.delays()
	for s.stop.Err() == nil && s.watches(team) && s.link.last().GetEpoch() == epoch {
		_, err := s.GetTeamUsers(s.stop, team.GetTeamId(), again)
		if err == nil {
			return
		}
		refused := errorOf(err, "GetTeamUsers", "")
		if !refused.Retryable() {
			// Refused for good: the team is not the program's to watch any more.
			s.forget(team)
			return
		}
		rest(s.stop, delays.next(refused.RetryAfter))
	}
}

func (s *AgentSession) watches(team *gcv1.GetTeamUsersRequest) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.teams[team.GetTeamId()] == team
}

func (s *AgentSession) forget(team *gcv1.GetTeamUsersRequest) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.teams[team.GetTeamId()] == team {
		delete(s.teams, team.GetTeamId())
	}
}
