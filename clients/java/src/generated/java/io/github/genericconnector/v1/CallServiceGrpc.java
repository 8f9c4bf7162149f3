package io.github.genericconnector.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * What an agent does with calls.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class CallServiceGrpc {

  private CallServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "gc.v1.CallService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.MakeCallRequest,
      io.github.genericconnector.v1.MakeCallResponse> getMakeCallMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "MakeCall",
      requestType = io.github.genericconnector.v1.MakeCallRequest.class,
      responseType = io.github.genericconnector.v1.MakeCallResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.MakeCallRequest,
      io.github.genericconnector.v1.MakeCallResponse> getMakeCallMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.MakeCallRequest, io.github.genericconnector.v1.MakeCallResponse> getMakeCallMethod;
    if ((getMakeCallMethod = CallServiceGrpc.getMakeCallMethod) == null) {
      synchronized (CallServiceGrpc.class) {
        if ((getMakeCallMethod = CallServiceGrpc.getMakeCallMethod) == null) {
          CallServiceGrpc.getMakeCallMethod = getMakeCallMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.MakeCallRequest, io.github.genericconnector.v1.MakeCallResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "MakeCall"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.MakeCallRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.MakeCallResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CallServiceMethodDescriptorSupplier("MakeCall"))
              .build();
        }
      }
    }
    return getMakeCallMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.AnswerCallRequest,
      io.github.genericconnector.v1.AnswerCallResponse> getAnswerCallMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AnswerCall",
      requestType = io.github.genericconnector.v1.AnswerCallRequest.class,
      responseType = io.github.genericconnector.v1.AnswerCallResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.AnswerCallRequest,
      io.github.genericconnector.v1.AnswerCallResponse> getAnswerCallMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.AnswerCallRequest, io.github.genericconnector.v1.AnswerCallResponse> getAnswerCallMethod;
    if ((getAnswerCallMethod = CallServiceGrpc.getAnswerCallMethod) == null) {
      synchronized (CallServiceGrpc.class) {
        if ((getAnswerCallMethod = CallServiceGrpc.getAnswerCallMethod) == null) {
          CallServiceGrpc.getAnswerCallMethod = getAnswerCallMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.AnswerCallRequest, io.github.genericconnector.v1.AnswerCallResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AnswerCall"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.AnswerCallRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.AnswerCallResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CallServiceMethodDescriptorSupplier("AnswerCall"))
              .build();
        }
      }
    }
    return getAnswerCallMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.HoldCallRequest,
      io.github.genericconnector.v1.HoldCallResponse> getHoldCallMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "HoldCall",
      requestType = io.github.genericconnector.v1.HoldCallRequest.class,
      responseType = io.github.genericconnector.v1.HoldCallResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.HoldCallRequest,
      io.github.genericconnector.v1.HoldCallResponse> getHoldCallMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.HoldCallRequest, io.github.genericconnector.v1.HoldCallResponse> getHoldCallMethod;
    if ((getHoldCallMethod = CallServiceGrpc.getHoldCallMethod) == null) {
      synchronized (CallServiceGrpc.class) {
        if ((getHoldCallMethod = CallServiceGrpc.getHoldCallMethod) == null) {
          CallServiceGrpc.getHoldCallMethod = getHoldCallMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.HoldCallRequest, io.github.genericconnector.v1.HoldCallResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "HoldCall"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.HoldCallRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.HoldCallResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CallServiceMethodDescriptorSupplier("HoldCall"))
              .build();
        }
      }
    }
    return getHoldCallMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.RetrieveCallRequest,
      io.github.genericconnector.v1.RetrieveCallResponse> getRetrieveCallMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RetrieveCall",
      requestType = io.github.genericconnector.v1.RetrieveCallRequest.class,
      responseType = io.github.genericconnector.v1.RetrieveCallResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.RetrieveCallRequest,
      io.github.genericconnector.v1.RetrieveCallResponse> getRetrieveCallMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.RetrieveCallRequest, io.github.genericconnector.v1.RetrieveCallResponse> getRetrieveCallMethod;
    if ((getRetrieveCallMethod = CallServiceGrpc.getRetrieveCallMethod) == null) {
      synchronized (CallServiceGrpc.class) {
        if ((getRetrieveCallMethod = CallServiceGrpc.getRetrieveCallMethod) == null) {
          CallServiceGrpc.getRetrieveCallMethod = getRetrieveCallMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.RetrieveCallRequest, io.github.genericconnector.v1.RetrieveCallResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RetrieveCall"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.RetrieveCallRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.RetrieveCallResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CallServiceMethodDescriptorSupplier("RetrieveCall"))
              .build();
        }
      }
    }
    return getRetrieveCallMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.ReleaseCallRequest,
      io.github.genericconnector.v1.ReleaseCallResponse> getReleaseCallMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReleaseCall",
      requestType = io.github.genericconnector.v1.ReleaseCallRequest.class,
      responseType = io.github.genericconnector.v1.ReleaseCallResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.ReleaseCallRequest,
      io.github.genericconnector.v1.ReleaseCallResponse> getReleaseCallMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.ReleaseCallRequest, io.github.genericconnector.v1.ReleaseCallResponse> getReleaseCallMethod;
    if ((getReleaseCallMethod = CallServiceGrpc.getReleaseCallMethod) == null) {
      synchronized (CallServiceGrpc.class) {
        if ((getReleaseCallMethod = CallServiceGrpc.getReleaseCallMethod) == null) {
          CallServiceGrpc.getReleaseCallMethod = getReleaseCallMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.ReleaseCallRequest, io.github.genericconnector.v1.ReleaseCallResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReleaseCall"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.ReleaseCallRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.ReleaseCallResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CallServiceMethodDescriptorSupplier("ReleaseCall"))
              .build();
        }
      }
    }
    return getReleaseCallMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.TransferSingleStepRequest,
      io.github.genericconnector.v1.TransferSingleStepResponse> getTransferSingleStepMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "TransferSingleStep",
      requestType = io.github.genericconnector.v1.TransferSingleStepRequest.class,
      responseType = io.github.genericconnector.v1.TransferSingleStepResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.TransferSingleStepRequest,
      io.github.genericconnector.v1.TransferSingleStepResponse> getTransferSingleStepMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.TransferSingleStepRequest, io.github.genericconnector.v1.TransferSingleStepResponse> getTransferSingleStepMethod;
    if ((getTransferSingleStepMethod = CallServiceGrpc.getTransferSingleStepMethod) == null) {
      synchronized (CallServiceGrpc.class) {
        if ((getTransferSingleStepMethod = CallServiceGrpc.getTransferSingleStepMethod) == null) {
          CallServiceGrpc.getTransferSingleStepMethod = getTransferSingleStepMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.TransferSingleStepRequest, io.github.genericconnector.v1.TransferSingleStepResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "TransferSingleStep"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.TransferSingleStepRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.TransferSingleStepResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CallServiceMethodDescriptorSupplier("TransferSingleStep"))
              .build();
        }
      }
    }
    return getTransferSingleStepMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.ConsultCallRequest,
      io.github.genericconnector.v1.ConsultCallResponse> getConsultCallMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ConsultCall",
      requestType = io.github.genericconnector.v1.ConsultCallRequest.class,
      responseType = io.github.genericconnector.v1.ConsultCallResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.ConsultCallRequest,
      io.github.genericconnector.v1.ConsultCallResponse> getConsultCallMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.ConsultCallRequest, io.github.genericconnector.v1.ConsultCallResponse> getConsultCallMethod;
    if ((getConsultCallMethod = CallServiceGrpc.getConsultCallMethod) == null) {
      synchronized (CallServiceGrpc.class) {
        if ((getConsultCallMethod = CallServiceGrpc.getConsultCallMethod) == null) {
          CallServiceGrpc.getConsultCallMethod = getConsultCallMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.ConsultCallRequest, io.github.genericconnector.v1.ConsultCallResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ConsultCall"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.ConsultCallRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.ConsultCallResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CallServiceMethodDescriptorSupplier("ConsultCall"))
              .build();
        }
      }
    }
    return getConsultCallMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.TransferCallRequest,
      io.github.genericconnector.v1.TransferCallResponse> getTransferCallMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "TransferCall",
      requestType = io.github.genericconnector.v1.TransferCallRequest.class,
      responseType = io.github.genericconnector.v1.TransferCallResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.TransferCallRequest,
      io.github.genericconnector.v1.TransferCallResponse> getTransferCallMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.TransferCallRequest, io.github.genericconnector.v1.TransferCallResponse> getTransferCallMethod;
    if ((getTransferCallMethod = CallServiceGrpc.getTransferCallMethod) == null) {
      synchronized (CallServiceGrpc.class) {
        if ((getTransferCallMethod = CallServiceGrpc.getTransferCallMethod) == null) {
          CallServiceGrpc.getTransferCallMethod = getTransferCallMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.TransferCallRequest, io.github.genericconnector.v1.TransferCallResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "TransferCall"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.TransferCallRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.TransferCallResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CallServiceMethodDescriptorSupplier("TransferCall"))
              .build();
        }
      }
    }
    return getTransferCallMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.ConferenceCallRequest,
      io.github.genericconnector.v1.ConferenceCallResponse> getConferenceCallMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ConferenceCall",
      requestType = io.github.genericconnector.v1.ConferenceCallRequest.class,
      responseType = io.github.genericconnector.v1.ConferenceCallResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.ConferenceCallRequest,
      io.github.genericconnector.v1.ConferenceCallResponse> getConferenceCallMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.ConferenceCallRequest, io.github.genericconnector.v1.ConferenceCallResponse> getConferenceCallMethod;
    if ((getConferenceCallMethod = CallServiceGrpc.getConferenceCallMethod) == null) {
      synchronized (CallServiceGrpc.class) {
        if ((getConferenceCallMethod = CallServiceGrpc.getConferenceCallMethod) == null) {
          CallServiceGrpc.getConferenceCallMethod = getConferenceCallMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.ConferenceCallRequest, io.github.genericconnector.v1.ConferenceCallResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ConferenceCall"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.ConferenceCallRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.ConferenceCallResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CallServiceMethodDescriptorSupplier("ConferenceCall"))
              .build();
        }
      }
    }
    return getConferenceCallMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.SendDtmfRequest,
      io.github.genericconnector.v1.SendDtmfResponse> getSendDtmfMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SendDtmf",
      requestType = io.github.genericconnector.v1.SendDtmfRequest.class,
      responseType = io.github.genericconnector.v1.SendDtmfResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.SendDtmfRequest,
      io.github.genericconnector.v1.SendDtmfResponse> getSendDtmfMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.SendDtmfRequest, io.github.genericconnector.v1.SendDtmfResponse> getSendDtmfMethod;
    if ((getSendDtmfMethod = CallServiceGrpc.getSendDtmfMethod) == null) {
      synchronized (CallServiceGrpc.class) {
        if ((getSendDtmfMethod = CallServiceGrpc.getSendDtmfMethod) == null) {
          CallServiceGrpc.getSendDtmfMethod = getSendDtmfMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.SendDtmfRequest, io.github.genericconnector.v1.SendDtmfResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SendDtmf"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.SendDtmfRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.SendDtmfResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CallServiceMethodDescriptorSupplier("SendDtmf"))
              .build();
        }
      }
    }
    return getSendDtmfMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static CallServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CallServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CallServiceStub>() {
        @java.lang.Override
        public CallServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CallServiceStub(channel, callOptions);
        }
      };
    return CallServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static CallServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CallServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CallServiceBlockingV2Stub>() {
        @java.lang.Override
        public CallServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CallServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return CallServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static CallServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CallServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CallServiceBlockingStub>() {
        @java.lang.Override
        public CallServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CallServiceBlockingStub(channel, callOptions);
        }
      };
    return CallServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static CallServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CallServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CallServiceFutureStub>() {
        @java.lang.Override
        public CallServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CallServiceFutureStub(channel, callOptions);
        }
      };
    return CallServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * What an agent does with calls.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Calls a number from the agent's extension (Finesse MAKE_CALL). The outcome is the new call with the own leg
     * INITIATED or later; a busy or wrong number shows afterwards, as FAILED.
     * </pre>
     */
    default void makeCall(io.github.genericconnector.v1.MakeCallRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MakeCallResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getMakeCallMethod(), responseObserver);
    }

    /**
     * <pre>
     * Answers a call that rings (Finesse ANSWER). Passes while a nailed-up sign-in is pending.
     * </pre>
     */
    default void answerCall(io.github.genericconnector.v1.AnswerCallRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.AnswerCallResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAnswerCallMethod(), responseObserver);
    }

    /**
     * <pre>
     * Puts a call on hold (Finesse HOLD).
     * </pre>
     */
    default void holdCall(io.github.genericconnector.v1.HoldCallRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.HoldCallResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getHoldCallMethod(), responseObserver);
    }

    /**
     * <pre>
     * Takes a call off hold (Finesse RETRIEVE).
     * </pre>
     */
    default void retrieveCall(io.github.genericconnector.v1.RetrieveCallRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.RetrieveCallResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRetrieveCallMethod(), responseObserver);
    }

    /**
     * <pre>
     * Leaves a call (Finesse DROP): a call of two ends for both. Passes other commands that wait.
     * </pre>
     */
    default void releaseCall(io.github.genericconnector.v1.ReleaseCallRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ReleaseCallResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReleaseCallMethod(), responseObserver);
    }

    /**
     * <pre>
     * Transfers a call to a number without consulting (Finesse TRANSFER_SST).
     * </pre>
     */
    default void transferSingleStep(io.github.genericconnector.v1.TransferSingleStepRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.TransferSingleStepResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getTransferSingleStepMethod(), responseObserver);
    }

    /**
     * <pre>
     * Holds a call and calls a number, to transfer or to confer afterwards (Finesse CONSULT_CALL).
     * </pre>
     */
    default void consultCall(io.github.genericconnector.v1.ConsultCallRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ConsultCallResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getConsultCallMethod(), responseObserver);
    }

    /**
     * <pre>
     * Completes a transfer (Finesse TRANSFER): connects the held call with the consulted party and leaves. Takes the id
     * of the main call or of the consult.
     * </pre>
     */
    default void transferCall(io.github.genericconnector.v1.TransferCallRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.TransferCallResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getTransferCallMethod(), responseObserver);
    }

    /**
     * <pre>
     * Completes a conference (Finesse CONFERENCE): joins the held call and the consulted party. Takes the id of the main
     * call or of the consult.
     * </pre>
     */
    default void conferenceCall(io.github.genericconnector.v1.ConferenceCallRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ConferenceCallResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getConferenceCallMethod(), responseObserver);
    }

    /**
     * <pre>
     * Sends tones into a call (Finesse SEND_DTMF).
     * </pre>
     */
    default void sendDtmf(io.github.genericconnector.v1.SendDtmfRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.SendDtmfResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSendDtmfMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service CallService.
   * <pre>
   * What an agent does with calls.
   * </pre>
   */
  public static abstract class CallServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return CallServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service CallService.
   * <pre>
   * What an agent does with calls.
   * </pre>
   */
  public static final class CallServiceStub
      extends io.grpc.stub.AbstractAsyncStub<CallServiceStub> {
    private CallServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CallServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CallServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Calls a number from the agent's extension (Finesse MAKE_CALL). The outcome is the new call with the own leg
     * INITIATED or later; a busy or wrong number shows afterwards, as FAILED.
     * </pre>
     */
    public void makeCall(io.github.genericconnector.v1.MakeCallRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MakeCallResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getMakeCallMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Answers a call that rings (Finesse ANSWER). Passes while a nailed-up sign-in is pending.
     * </pre>
     */
    public void answerCall(io.github.genericconnector.v1.AnswerCallRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.AnswerCallResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAnswerCallMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Puts a call on hold (Finesse HOLD).
     * </pre>
     */
    public void holdCall(io.github.genericconnector.v1.HoldCallRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.HoldCallResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getHoldCallMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Takes a call off hold (Finesse RETRIEVE).
     * </pre>
     */
    public void retrieveCall(io.github.genericconnector.v1.RetrieveCallRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.RetrieveCallResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRetrieveCallMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Leaves a call (Finesse DROP): a call of two ends for both. Passes other commands that wait.
     * </pre>
     */
    public void releaseCall(io.github.genericconnector.v1.ReleaseCallRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ReleaseCallResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReleaseCallMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Transfers a call to a number without consulting (Finesse TRANSFER_SST).
     * </pre>
     */
    public void transferSingleStep(io.github.genericconnector.v1.TransferSingleStepRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.TransferSingleStepResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getTransferSingleStepMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Holds a call and calls a number, to transfer or to confer afterwards (Finesse CONSULT_CALL).
     * </pre>
     */
    public void consultCall(io.github.genericconnector.v1.ConsultCallRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ConsultCallResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getConsultCallMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Completes a transfer (Finesse TRANSFER): connects the held call with the consulted party and leaves. Takes the id
     * of the main call or of the consult.
     * </pre>
     */
    public void transferCall(io.github.genericconnector.v1.TransferCallRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.TransferCallResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getTransferCallMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Completes a conference (Finesse CONFERENCE): joins the held call and the consulted party. Takes the id of the main
     * call or of the consult.
     * </pre>
     */
    public void conferenceCall(io.github.genericconnector.v1.ConferenceCallRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ConferenceCallResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getConferenceCallMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Sends tones into a call (Finesse SEND_DTMF).
     * </pre>
     */
    public void sendDtmf(io.github.genericconnector.v1.SendDtmfRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.SendDtmfResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSendDtmfMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service CallService.
   * <pre>
   * What an agent does with calls.
   * </pre>
   */
  public static final class CallServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<CallServiceBlockingV2Stub> {
    private CallServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CallServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CallServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Calls a number from the agent's extension (Finesse MAKE_CALL). The outcome is the new call with the own leg
     * INITIATED or later; a busy or wrong number shows afterwards, as FAILED.
     * </pre>
     */
    public io.github.genericconnector.v1.MakeCallResponse makeCall(io.github.genericconnector.v1.MakeCallRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getMakeCallMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Answers a call that rings (Finesse ANSWER). Passes while a nailed-up sign-in is pending.
     * </pre>
     */
    public io.github.genericconnector.v1.AnswerCallResponse answerCall(io.github.genericconnector.v1.AnswerCallRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAnswerCallMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Puts a call on hold (Finesse HOLD).
     * </pre>
     */
    public io.github.genericconnector.v1.HoldCallResponse holdCall(io.github.genericconnector.v1.HoldCallRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getHoldCallMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes a call off hold (Finesse RETRIEVE).
     * </pre>
     */
    public io.github.genericconnector.v1.RetrieveCallResponse retrieveCall(io.github.genericconnector.v1.RetrieveCallRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRetrieveCallMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Leaves a call (Finesse DROP): a call of two ends for both. Passes other commands that wait.
     * </pre>
     */
    public io.github.genericconnector.v1.ReleaseCallResponse releaseCall(io.github.genericconnector.v1.ReleaseCallRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReleaseCallMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Transfers a call to a number without consulting (Finesse TRANSFER_SST).
     * </pre>
     */
    public io.github.genericconnector.v1.TransferSingleStepResponse transferSingleStep(io.github.genericconnector.v1.TransferSingleStepRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getTransferSingleStepMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Holds a call and calls a number, to transfer or to confer afterwards (Finesse CONSULT_CALL).
     * </pre>
     */
    public io.github.genericconnector.v1.ConsultCallResponse consultCall(io.github.genericconnector.v1.ConsultCallRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getConsultCallMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Completes a transfer (Finesse TRANSFER): connects the held call with the consulted party and leaves. Takes the id
     * of the main call or of the consult.
     * </pre>
     */
    public io.github.genericconnector.v1.TransferCallResponse transferCall(io.github.genericconnector.v1.TransferCallRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getTransferCallMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Completes a conference (Finesse CONFERENCE): joins the held call and the consulted party. Takes the id of the main
     * call or of the consult.
     * </pre>
     */
    public io.github.genericconnector.v1.ConferenceCallResponse conferenceCall(io.github.genericconnector.v1.ConferenceCallRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getConferenceCallMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sends tones into a call (Finesse SEND_DTMF).
     * </pre>
     */
    public io.github.genericconnector.v1.SendDtmfResponse sendDtmf(io.github.genericconnector.v1.SendDtmfRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSendDtmfMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service CallService.
   * <pre>
   * What an agent does with calls.
   * </pre>
   */
  public static final class CallServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<CallServiceBlockingStub> {
    private CallServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CallServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CallServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Calls a number from the agent's extension (Finesse MAKE_CALL). The outcome is the new call with the own leg
     * INITIATED or later; a busy or wrong number shows afterwards, as FAILED.
     * </pre>
     */
    public io.github.genericconnector.v1.MakeCallResponse makeCall(io.github.genericconnector.v1.MakeCallRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getMakeCallMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Answers a call that rings (Finesse ANSWER). Passes while a nailed-up sign-in is pending.
     * </pre>
     */
    public io.github.genericconnector.v1.AnswerCallResponse answerCall(io.github.genericconnector.v1.AnswerCallRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAnswerCallMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Puts a call on hold (Finesse HOLD).
     * </pre>
     */
    public io.github.genericconnector.v1.HoldCallResponse holdCall(io.github.genericconnector.v1.HoldCallRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getHoldCallMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes a call off hold (Finesse RETRIEVE).
     * </pre>
     */
    public io.github.genericconnector.v1.RetrieveCallResponse retrieveCall(io.github.genericconnector.v1.RetrieveCallRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRetrieveCallMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Leaves a call (Finesse DROP): a call of two ends for both. Passes other commands that wait.
     * </pre>
     */
    public io.github.genericconnector.v1.ReleaseCallResponse releaseCall(io.github.genericconnector.v1.ReleaseCallRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReleaseCallMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Transfers a call to a number without consulting (Finesse TRANSFER_SST).
     * </pre>
     */
    public io.github.genericconnector.v1.TransferSingleStepResponse transferSingleStep(io.github.genericconnector.v1.TransferSingleStepRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getTransferSingleStepMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Holds a call and calls a number, to transfer or to confer afterwards (Finesse CONSULT_CALL).
     * </pre>
     */
    public io.github.genericconnector.v1.ConsultCallResponse consultCall(io.github.genericconnector.v1.ConsultCallRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getConsultCallMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Completes a transfer (Finesse TRANSFER): connects the held call with the consulted party and leaves. Takes the id
     * of the main call or of the consult.
     * </pre>
     */
    public io.github.genericconnector.v1.TransferCallResponse transferCall(io.github.genericconnector.v1.TransferCallRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getTransferCallMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Completes a conference (Finesse CONFERENCE): joins the held call and the consulted party. Takes the id of the main
     * call or of the consult.
     * </pre>
     */
    public io.github.genericconnector.v1.ConferenceCallResponse conferenceCall(io.github.genericconnector.v1.ConferenceCallRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getConferenceCallMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sends tones into a call (Finesse SEND_DTMF).
     * </pre>
     */
    public io.github.genericconnector.v1.SendDtmfResponse sendDtmf(io.github.genericconnector.v1.SendDtmfRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSendDtmfMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service CallService.
   * <pre>
   * What an agent does with calls.
   * </pre>
   */
  public static final class CallServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<CallServiceFutureStub> {
    private CallServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CallServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CallServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Calls a number from the agent's extension (Finesse MAKE_CALL). The outcome is the new call with the own leg
     * INITIATED or later; a busy or wrong number shows afterwards, as FAILED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.MakeCallResponse> makeCall(
        io.github.genericconnector.v1.MakeCallRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getMakeCallMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Answers a call that rings (Finesse ANSWER). Passes while a nailed-up sign-in is pending.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.AnswerCallResponse> answerCall(
        io.github.genericconnector.v1.AnswerCallRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAnswerCallMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Puts a call on hold (Finesse HOLD).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.HoldCallResponse> holdCall(
        io.github.genericconnector.v1.HoldCallRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getHoldCallMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Takes a call off hold (Finesse RETRIEVE).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.RetrieveCallResponse> retrieveCall(
        io.github.genericconnector.v1.RetrieveCallRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRetrieveCallMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Leaves a call (Finesse DROP): a call of two ends for both. Passes other commands that wait.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.ReleaseCallResponse> releaseCall(
        io.github.genericconnector.v1.ReleaseCallRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReleaseCallMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Transfers a call to a number without consulting (Finesse TRANSFER_SST).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.TransferSingleStepResponse> transferSingleStep(
        io.github.genericconnector.v1.TransferSingleStepRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getTransferSingleStepMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Holds a call and calls a number, to transfer or to confer afterwards (Finesse CONSULT_CALL).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.ConsultCallResponse> consultCall(
        io.github.genericconnector.v1.ConsultCallRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getConsultCallMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Completes a transfer (Finesse TRANSFER): connects the held call with the consulted party and leaves. Takes the id
     * of the main call or of the consult.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.TransferCallResponse> transferCall(
        io.github.genericconnector.v1.TransferCallRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getTransferCallMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Completes a conference (Finesse CONFERENCE): joins the held call and the consulted party. Takes the id of the main
     * call or of the consult.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.ConferenceCallResponse> conferenceCall(
        io.github.genericconnector.v1.ConferenceCallRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getConferenceCallMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Sends tones into a call (Finesse SEND_DTMF).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.SendDtmfResponse> sendDtmf(
        io.github.genericconnector.v1.SendDtmfRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSendDtmfMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_MAKE_CALL = 0;
  private static final int METHODID_ANSWER_CALL = 1;
  private static final int METHODID_HOLD_CALL = 2;
  private static final int METHODID_RETRIEVE_CALL = 3;
  private static final int METHODID_RELEASE_CALL = 4;
  private static final int METHODID_TRANSFER_SINGLE_STEP = 5;
  private static final int METHODID_CONSULT_CALL = 6;
  private static final int METHODID_TRANSFER_CALL = 7;
  private static final int METHODID_CONFERENCE_CALL = 8;
  private static final int METHODID_SEND_DTMF = 9;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_MAKE_CALL:
          serviceImpl.makeCall((io.github.genericconnector.v1.MakeCallRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MakeCallResponse>) responseObserver);
          break;
        case METHODID_ANSWER_CALL:
          serviceImpl.answerCall((io.github.genericconnector.v1.AnswerCallRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.AnswerCallResponse>) responseObserver);
          break;
        case METHODID_HOLD_CALL:
          serviceImpl.holdCall((io.github.genericconnector.v1.HoldCallRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.HoldCallResponse>) responseObserver);
          break;
        case METHODID_RETRIEVE_CALL:
          serviceImpl.retrieveCall((io.github.genericconnector.v1.RetrieveCallRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.RetrieveCallResponse>) responseObserver);
          break;
        case METHODID_RELEASE_CALL:
          serviceImpl.releaseCall((io.github.genericconnector.v1.ReleaseCallRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ReleaseCallResponse>) responseObserver);
          break;
        case METHODID_TRANSFER_SINGLE_STEP:
          serviceImpl.transferSingleStep((io.github.genericconnector.v1.TransferSingleStepRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.TransferSingleStepResponse>) responseObserver);
          break;
        case METHODID_CONSULT_CALL:
          serviceImpl.consultCall((io.github.genericconnector.v1.ConsultCallRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ConsultCallResponse>) responseObserver);
          break;
        case METHODID_TRANSFER_CALL:
          serviceImpl.transferCall((io.github.genericconnector.v1.TransferCallRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.TransferCallResponse>) responseObserver);
          break;
        case METHODID_CONFERENCE_CALL:
          serviceImpl.conferenceCall((io.github.genericconnector.v1.ConferenceCallRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ConferenceCallResponse>) responseObserver);
          break;
        case METHODID_SEND_DTMF:
          serviceImpl.sendDtmf((io.github.genericconnector.v1.SendDtmfRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.SendDtmfResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getMakeCallMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.MakeCallRequest,
              io.github.genericconnector.v1.MakeCallResponse>(
                service, METHODID_MAKE_CALL)))
        .addMethod(
          getAnswerCallMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.AnswerCallRequest,
              io.github.genericconnector.v1.AnswerCallResponse>(
                service, METHODID_ANSWER_CALL)))
        .addMethod(
          getHoldCallMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.HoldCallRequest,
              io.github.genericconnector.v1.HoldCallResponse>(
                service, METHODID_HOLD_CALL)))
        .addMethod(
          getRetrieveCallMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.RetrieveCallRequest,
              io.github.genericconnector.v1.RetrieveCallResponse>(
                service, METHODID_RETRIEVE_CALL)))
        .addMethod(
          getReleaseCallMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.ReleaseCallRequest,
              io.github.genericconnector.v1.ReleaseCallResponse>(
                service, METHODID_RELEASE_CALL)))
        .addMethod(
          getTransferSingleStepMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.TransferSingleStepRequest,
              io.github.genericconnector.v1.TransferSingleStepResponse>(
                service, METHODID_TRANSFER_SINGLE_STEP)))
        .addMethod(
          getConsultCallMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.ConsultCallRequest,
              io.github.genericconnector.v1.ConsultCallResponse>(
                service, METHODID_CONSULT_CALL)))
        .addMethod(
          getTransferCallMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.TransferCallRequest,
              io.github.genericconnector.v1.TransferCallResponse>(
                service, METHODID_TRANSFER_CALL)))
        .addMethod(
          getConferenceCallMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.ConferenceCallRequest,
              io.github.genericconnector.v1.ConferenceCallResponse>(
                service, METHODID_CONFERENCE_CALL)))
        .addMethod(
          getSendDtmfMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.SendDtmfRequest,
              io.github.genericconnector.v1.SendDtmfResponse>(
                service, METHODID_SEND_DTMF)))
        .build();
  }

  private static abstract class CallServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    CallServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.github.genericconnector.v1.CallProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("CallService");
    }
  }

  private static final class CallServiceFileDescriptorSupplier
      extends CallServiceBaseDescriptorSupplier {
    CallServiceFileDescriptorSupplier() {}
  }

  private static final class CallServiceMethodDescriptorSupplier
      extends CallServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    CallServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (CallServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new CallServiceFileDescriptorSupplier())
              .addMethod(getMakeCallMethod())
              .addMethod(getAnswerCallMethod())
              .addMethod(getHoldCallMethod())
              .addMethod(getRetrieveCallMethod())
              .addMethod(getReleaseCallMethod())
              .addMethod(getTransferSingleStepMethod())
              .addMethod(getConsultCallMethod())
              .addMethod(getTransferCallMethod())
              .addMethod(getConferenceCallMethod())
              .addMethod(getSendDtmfMethod())
              .build();
        }
      }
    }
    return result;
  }
}
