package main

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	"github.com/generic-connector/generic-connector/clients/go/gc"
	gcv1 "github.com/generic-connector/generic-connector/clients/go/gc/v1"
)

// command calls the session's method of the RPC's name: its parameters are the request's fields.
func (r *runner) command(op operation, at *open) (any, error) {
	method := reflect.ValueOf(at.session).MethodByName(op.RPC)
	kind, err := protoregistry.GlobalTypes.FindMessageByName(protoreflect.FullName("gc.v1." + op.RPC + "Request"))
	if err != nil || !method.IsValid() {
		return nil, fmt.Errorf("no command %s", op.RPC)
	}
	request := kind.New().Interface()
	if len(op.Request) > 0 {
		if err := protojson.Unmarshal(op.Request, request); err != nil {
			return nil, err
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if op.TimeoutMS > 0 {
		ctx, cancel = context.WithTimeout(ctx, time.Duration(op.TimeoutMS)*time.Millisecond)
		defer cancel()
	}
	r.mu.Lock()
	r.commands[op.ID] = cancel
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.commands, op.ID)
	}()
	arguments := []reflect.Value{reflect.ValueOf(ctx)}
	message := request.ProtoReflect()
	fields := message.Descriptor().Fields()
	given := map[protoreflect.Name]bool{}
	for at := range fields.Len() {
		field := fields.Get(at)
		if field.HasPresence() || field.Name() == "reason_code" {
			continue
		}
		given[field.Name()] = true
		value := reflect.ValueOf(message.Get(field).Interface())
		arguments = append(arguments, value.Convert(method.Type().In(len(arguments))))
	}
	for _, option := range op.commandOptions(request, given) {
		arguments = append(arguments, reflect.ValueOf(option))
	}
	results := method.Call(arguments)
	if err, _ := results[1].Interface().(error); err != nil {
		return nil, err
	}
	return messageJSON(results[0].Interface().(proto.Message)), nil
}

// commandOptions are the options that the operation names, and one for the fields that are no parameters.
func (op operation) commandOptions(request proto.Message, given map[protoreflect.Name]bool) []gc.CommandOption {
	var made []gc.CommandOption
	if op.RequestID != "" {
		made = append(made, gc.WithRequestID(op.RequestID))
	}
	if op.ExpectedVersion != nil {
		made = append(made, gc.WithExpectedVersion(*op.ExpectedVersion))
	}
	if op.Wait != "" {
		made = append(made, gc.WithWait(gcv1.Wait(gcv1.Wait_value[op.Wait])))
	}
	more := false
	request.ProtoReflect().Range(func(field protoreflect.FieldDescriptor, _ protoreflect.Value) bool {
		more = more || !given[field.Name()]
		return true
	})
	if more {
		made = append(made, gc.WithRequest(func(into proto.Message) { proto.Merge(into, request) }))
	}
	return made
}
