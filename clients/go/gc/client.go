package gc

import (
	"context"
	"crypto/tls"
	"strings"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/metadata"

	gcv1 "github.com/generic-connector/generic-connector/clients/go/gc/v1"
)

// Client stands for one service, and for what was opened with it. Its methods may be called by any goroutine.
type Client struct {
	conn     *grpc.ClientConn
	settings settings
	mu       sync.Mutex
	closed   bool
	opened   map[closer]struct{}
}

type closer interface{ Close() error }

// settings are what a client was told.
type settings struct {
	name           string
	metadata       metadata.MD
	tls            *tls.Config
	keepalive      keepalive.ClientParameters
	connectTimeout time.Duration
	commandTimeout time.Duration
	backoffFirst   time.Duration
	backoffLongest time.Duration
	silenceTimeout time.Duration
	eventBuffer    int
}

// Option tells a client something at its making.
type Option func(*settings)

// WithClientName names the client in the service's logs.
func WithClientName(name string) Option { return func(s *settings) { s.name = name } }

// WithMetadata adds a header to every call, for proxies.
func WithMetadata(name, value string) Option {
	return func(s *settings) { s.metadata.Append(name, value) }
}

// WithTLS sets authorities and certificates; the system's authorities are trusted without it.
func WithTLS(config *tls.Config) Option { return func(s *settings) { s.tls = config } }

// WithKeepalive sets how often the connection is pinged while a call or stream is open, and how long the answer may
// take: 20 s, 10 s. gRPC takes an interval below 10 s as 10 s.
func WithKeepalive(interval, timeout time.Duration) Option {
	return func(s *settings) { s.keepalive = keepalive.ClientParameters{Time: interval, Timeout: timeout} }
}

// WithConnectTimeout sets how long Connect and other calls without a session may take, and a stream to its first
// message: 30 s.
func WithConnectTimeout(timeout time.Duration) Option {
	return func(s *settings) { s.connectTimeout = timeout }
}

// WithCommandTimeout sets how long a command may take with all its attempts where its context has no deadline: 30 s,
// MobileAgentLogin 85 s.
func WithCommandTimeout(timeout time.Duration) Option {
	return func(s *settings) { s.commandTimeout = timeout }
}

// WithBackoff sets the delay before attempt n, which is random between a half and the whole of min(first*2^n, longest):
// 250 ms, 15 s.
func WithBackoff(first, longest time.Duration) Option {
	return func(s *settings) { s.backoffFirst, s.backoffLongest = first, longest }
}

// WithSilenceTimeout sets after how long an event stream on which nothing came is opened anew: 45 s, three of the
// service's heartbeats.
func WithSilenceTimeout(timeout time.Duration) Option {
	return func(s *settings) { s.silenceTimeout = timeout }
}

// WithEventBuffer sets how many items may wait for one consumer of Events beside the picture it begins with: 1024, at
// least 1.
func WithEventBuffer(items int) Option {
	return func(s *settings) { s.eventBuffer = max(1, items) }
}

// NewClient makes a client of the service at address: https://host:port, or host:port for the same, or http://host:port
// for plain text. It connects to nothing yet.
func NewClient(address string, options ...Option) (*Client, error) {
	s := settings{
		metadata:       metadata.MD{},
		keepalive:      keepalive.ClientParameters{Time: 20 * time.Second, Timeout: 10 * time.Second},
		connectTimeout: 30 * time.Second,
		backoffFirst:   250 * time.Millisecond,
		backoffLongest: 15 * time.Second,
		silenceTimeout: 45 * time.Second,
		eventBuffer:    1024,
	}
	for _, option := range options {
		option(&s)
	}
	target, plain := strings.CutPrefix(address, "http://")
	transport := insecure.NewCredentials()
	if !plain {
		target = strings.TrimPrefix(target, "https://")
		transport = credentials.NewTLS(s.tls)
	}
	conn, err := grpc.NewClient(
		strings.TrimSuffix(target, "/"),
		grpc.WithTransportCredentials(transport),
		grpc.WithKeepaliveParams(s.keepalive),
		// The delay between attempts is the session's; the channel's own only has to stay out of its way.
		grpc.WithConnectParams(grpc.ConnectParams{
			Backoff:           backoff.Config{BaseDelay: 50 * time.Millisecond, Multiplier: 1.6, Jitter: 0.2, MaxDelay: time.Second},
			MinConnectTimeout: 5 * time.Second,
		}),
	)
	if err != nil {
		return nil, &Error{
			Reason: gcv1.ErrorReason_ERROR_REASON_INVALID_INPUT, ReasonName: "INVALID_INPUT", Code: codes.InvalidArgument,
			Message: err.Error(), Retry: gcv1.Retry_RETRY_NO, cause: err,
		}
	}
	return &Client{conn: conn, settings: s, opened: map[closer]struct{}{}}, nil
}

// Credentials say who connects.
type Credentials struct {
	// AgentID is the login id, as Finesse knows it.
	AgentID string
	// Password is the agent's Finesse password. It stays in memory for later Connects, for example after a restart of
	// the service.
	Password string
	// PasswordFunc is asked for the password at each Connect, if it is set.
	PasswordFunc func(context.Context) (string, error)
}

// Connect connects an agent, in one attempt. The session lives on when ctx ends.
func (c *Client) Connect(ctx context.Context, credentials Credentials) (*AgentSession, error) {
	link := &connector{client: c, credentials: credentials}
	if _, err := link.connect(ctx); err != nil {
		return nil, err
	}
	session := newSession(c, link)
	kept := c.keep(session)
	session.start()
	if !kept {
		_ = session.Close()
		return nil, closedError("Connect", "")
	}
	return session, nil
}

// Hello says whether Finesse can be used; it needs no credentials.
func (c *Client) Hello(ctx context.Context) (gcv1.SystemStatus, error) {
	ctx, cancel := context.WithTimeout(c.outgoing(ctx), c.settings.connectTimeout)
	defer cancel()
	reply, err := gcv1.NewSystemServiceClient(c.conn).Hello(ctx, &gcv1.HelloRequest{ClientName: c.settings.name})
	if err != nil {
		return gcv1.SystemStatus_SYSTEM_STATUS_UNSPECIFIED, given(ctx, err, "Hello", "")
	}
	return reply.GetStatus(), nil
}

// Close closes what was opened, and then the connection.
func (c *Client) Close() error {
	c.mu.Lock()
	c.closed = true
	opened := make([]closer, 0, len(c.opened))
	for one := range c.opened {
		opened = append(opened, one)
	}
	c.mu.Unlock()
	var wait sync.WaitGroup
	for _, one := range opened {
		wait.Go(func() { _ = one.Close() })
	}
	wait.Wait()
	return c.conn.Close()
}

// keep has one closed with the client; false if that is closed already.
func (c *Client) keep(one closer) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed {
		c.opened[one] = struct{}{}
	}
	return !c.closed
}

func (c *Client) forget(one closer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.opened, one)
}

// outgoing adds the headers of every call to the caller's own.
func (c *Client) outgoing(ctx context.Context, headers ...string) context.Context {
	own, _ := metadata.FromOutgoingContext(ctx)
	return metadata.NewOutgoingContext(ctx, metadata.Join(own, c.settings.metadata, metadata.Pairs(headers...)))
}
