// Package examples runs each example as its users do, against a service with its simulator.
package examples

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/generic-connector/generic-connector/clients/go/gc"
	"github.com/generic-connector/generic-connector/clients/go/gctest"
)

// programme is a running example, and what it says.
type programme struct {
	lines chan string
	said  []string
}

func run(t *testing.T, service *gctest.Service, name string, arguments ...string) *programme {
	t.Helper()
	binary := filepath.Join(t.TempDir(), name)
	if output, err := exec.Command("go", "build", "-o", binary, "./"+name).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	command := exec.Command(binary, arguments...)
	command.Env = append(command.Environ(), "GC_ADDRESS="+service.Address())
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	command.Stderr = command.Stdout
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	started := &programme{lines: make(chan string, 1000)}
	go func() {
		defer close(started.lines)
		for lines := bufio.NewScanner(output); lines.Scan(); {
			started.lines <- lines.Text()
		}
	}()
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	return started
}

// expect waits for a line that holds the text.
func (p *programme) expect(t *testing.T, text string) {
	t.Helper()
	deadline := time.After(30 * time.Second)
	for {
		select {
		case line, more := <-p.lines:
			if !more {
				t.Fatalf("%q was not said, but %q", text, p.said)
			}
			p.said = append(p.said, line)
			if strings.Contains(line, text) {
				return
			}
		case <-deadline:
			t.Fatalf("%q was not said in time, but %q", text, p.said)
		}
	}
}

// desk is an agent's desk of the test's own.
func desk(t *testing.T, service *gctest.Service, agent, extension string) *gc.AgentSession {
	t.Helper()
	client, err := gc.NewClient(service.Address())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	session, err := client.Connect(t.Context(), gc.Credentials{AgentID: agent, Password: "demo"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := session.Login(t.Context(), extension); err != nil {
		t.Fatal(err)
	}
	return session
}

func TestScreenPopTellsWhoCalls(t *testing.T) {
	service := gctest.Start(t, gctest.Options{})
	screenpop := run(t, service, "screenpop", service.Address())
	screenpop.expect(t, "waiting for calls")
	if _, err := service.Call(t.Context(), "5551234", "2001", map[string]string{"callVariable1": "gold"}); err != nil {
		t.Fatal(err)
	}
	screenpop.expect(t, "calling: 5551234")
	example, err := os.ReadFile("screenpop/main.go")
	if err != nil || strings.Count(string(example), "\n") > 25 {
		t.Errorf("the screen pop is to have 25 lines at most: %v", err)
	}
}

func TestClickToDialFollowsItsCall(t *testing.T) {
	service := gctest.Start(t, gctest.Options{})
	dialling := run(t, service, "clicktodial", "-number", "5551234")
	dialling.expect(t, "dialling 5551234")
	dialling.expect(t, "the call is DIALOG_STATE_ACTIVE")
	dialling.expect(t, "the call is over")
	refused := run(t, service, "clicktodial", "-number", "2001")
	refused.expect(t, "refused: INVALID_DESTINATION")
}

func TestWallboardShowsTeamAndQueues(t *testing.T) {
	service := gctest.Start(t, gctest.Options{})
	wallboard := run(t, service, "wallboard")
	wallboard.expect(t, "team Sales")
	wallboard.expect(t, "queue")
	member := desk(t, service, "1003", "2003")
	wallboard.expect(t, "member 1003 AGENT_STATE_NOT_READY")
	if _, err := member.MakeReady(t.Context()); err != nil {
		t.Fatal(err)
	}
	wallboard.expect(t, "member 1003 AGENT_STATE_READY")
}
