package gc

import (
	"context"
	"sync"

	"google.golang.org/grpc/codes"

	gcv1 "github.com/generic-connector/generic-connector/clients/go/gc/v1"
)

// connector connects, and connects again: the token in use, and one Connect at a time for stream and commands.
type connector struct {
	client      *Client
	credentials Credentials
	// refused is told of a refusal that is for good.
	refused func(*Error)

	mu    sync.Mutex
	reply *gcv1.ConnectResponse
	again chan struct{}
}

// isFinal says after which refusals Connect is not tried again: a wrong password must not lock the account.
func isFinal(err *Error) bool {
	if !err.ofService {
		return false
	}
	switch err.Reason {
	case gcv1.ErrorReason_ERROR_REASON_AUTHORIZATION_FAILURE,
		gcv1.ErrorReason_ERROR_REASON_USER_NOT_FOUND,
		gcv1.ErrorReason_ERROR_REASON_MISSING_PASSWORD,
		gcv1.ErrorReason_ERROR_REASON_PERMISSION_DENIED,
		gcv1.ErrorReason_ERROR_REASON_INVALID_INPUT,
		gcv1.ErrorReason_ERROR_REASON_SSO_UNSUPPORTED,
		gcv1.ErrorReason_ERROR_REASON_UNSUPPORTED_ON_PLATFORM,
		gcv1.ErrorReason_ERROR_REASON_NOT_IMPLEMENTED:
		return true
	default:
		return false
	}
}

// isRefused says whether a call was refused for its token.
func isRefused(err *Error) bool {
	if !err.ofService {
		return err.Code == codes.Unauthenticated
	}
	return err.Reason == gcv1.ErrorReason_ERROR_REASON_SESSION_EXPIRED ||
		err.Reason == gcv1.ErrorReason_ERROR_REASON_NOT_CONNECTED
}

// last is the reply of the last Connect.
func (c *connector) last() *gcv1.ConnectResponse {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.reply
}

// connect is one attempt.
func (c *connector) connect(ctx context.Context) (*gcv1.ConnectResponse, error) {
	ctx, cancel := context.WithTimeout(ctx, c.client.settings.connectTimeout)
	defer cancel()
	password := c.credentials.Password
	if c.credentials.PasswordFunc != nil {
		var err error
		if password, err = c.credentials.PasswordFunc(ctx); err != nil {
			return nil, err
		}
	}
	request := &gcv1.ConnectRequest{AgentId: c.credentials.AgentID, Password: password, ClientName: c.client.settings.name}
	reply, err := gcv1.NewAgentServiceClient(c.client.conn).Connect(c.client.outgoing(ctx), request)
	if err != nil {
		return nil, given(ctx, err, "Connect", "")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reply = reply
	return reply, nil
}

// renew connects anew after token was refused, as often as it takes; all who ask meanwhile share it. It returns when
// that is done, when the session (stop) is over, or when ctx ends.
func (c *connector) renew(ctx, stop context.Context, token string) {
	c.mu.Lock()
	if c.reply.GetToken() != token {
		c.mu.Unlock()
		return
	}
	done := c.again
	if done == nil {
		done = make(chan struct{})
		c.again = done
		go c.untilConnected(stop, done)
	}
	c.mu.Unlock()
	select {
	case <-done:
	case <-ctx.Done():
	}
}

func (c *connector) untilConnected(stop context.Context, done chan struct{}) {
	defer func() {
		c.mu.Lock()
		c.again = nil
		c.mu.Unlock()
		close(done)
	}()
	delays := c.client.settings.delays()
	for stop.Err() == nil {
		c.client.conn.ResetConnectBackoff()
		_, err := c.connect(stop)
		if err == nil || stop.Err() != nil {
			return
		}
		refusal := errorOf(err, "Connect", "")
		if isFinal(refusal) {
			c.refused(refusal)
			return
		}
		rest(stop, delays.next(refusal.RetryAfter))
	}
}
