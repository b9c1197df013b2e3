# Calls operations through OpenAPI::Client, which makes a method of each of the document's:
#   perl calls.pl <document> <address of the service>
# Reads a call a line in JSON, {"operation", "body"?, "token"?}, and writes the answer to it, {"status", "body"}.
use strict;
use warnings;
use Mojo::JSON qw(decode_json encode_json);
use OpenAPI::Client;

$| = 1;
my ($document, $url) = @ARGV;
my $client = OpenAPI::Client->new($document, base_url => $url);
my $token;
$client->ua->on(start => sub {
  my ($ua, $exchange) = @_;
  $exchange->req->headers->authorization("Bearer $token") if defined $token;
});
while (my $line = <STDIN>) {
  my $call = decode_json $line;
  $token = $call->{token};
  my @content = exists $call->{body} ? (json => $call->{body}) : ();
  my $answer = $client->call($call->{operation}, {}, @content)->res;
  print encode_json({status => 0 + $answer->code, body => $answer->json // {}}), "\n";
}
