// Wallboard shows a supervisor's team and queues, and each change of them.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"log"
	"os"

	"github.com/generic-connector/generic-connector/clients/go/gc"
	gcv1 "github.com/generic-connector/generic-connector/clients/go/gc/v1"
)

func main() {
	address := flag.String("address", cmp.Or(os.Getenv("GC_ADDRESS"), "http://127.0.0.1:50051"), "the service")
	supervisor := flag.String("supervisor", cmp.Or(os.Getenv("GC_AGENT"), "1101"), "the supervisor's login id")
	flag.Parse()
	if err := watch(context.Background(), *address, *supervisor); err != nil {
		log.Fatal(err)
	}
}

func watch(ctx context.Context, address, supervisor string) error {
	client, err := gc.NewClient(address, gc.WithClientName("wallboard"))
	if err != nil {
		return err
	}
	defer func() { _ = client.Close() }()
	password := cmp.Or(os.Getenv("GC_PASSWORD"), "demo")
	session, err := client.Connect(ctx, gc.Credentials{AgentID: supervisor, Password: password})
	if err != nil {
		return err
	}
	// From here on: what changes before the loop begins waits for it.
	items := session.Events(ctx)
	for _, team := range session.Profile().GetSupervisedTeams() {
		// It also subscribes to the members' changes, again after each restart of the service.
		members, err := session.GetTeamUsers(ctx, team.GetId())
		if err != nil {
			return err
		}
		fmt.Println("team", team.GetName())
		for _, member := range members.GetMembers() {
			show(member)
		}
	}
	queues, err := session.GetQueueList(ctx)
	if err != nil {
		return err
	}
	for _, queue := range queues.GetQueues() {
		fmt.Println("queue", queue.GetName(), "waiting:", queue.GetCallsInQueue())
	}
	for item := range items {
		switch item := item.(type) {
		case gc.EventItem:
			switch payload := item.GetPayload().(type) {
			case *gcv1.Event_TeamMemberChanged:
				show(payload.TeamMemberChanged.GetMember())
			case *gcv1.Event_QueueChanged:
				queue := payload.QueueChanged.GetQueue()
				fmt.Println("queue", queue.GetName(), "waiting:", queue.GetCallsInQueue())
			}
		case gc.ConnectionItem:
			fmt.Println("connection", item.State)
		}
	}
	return session.Err()
}

func show(member *gcv1.TeamMember) {
	fmt.Println("member", member.GetId(), member.GetStatus().GetState())
}
