using Microsoft.AspNetCore.Http;
using static Watchbill.Testing.ScriptedServer;

namespace Watchbill.Sentry.Tests.Paging;

/// <summary>Lists of several pages that are read at once, while they stand still and while rows come and go at every possible moment.</summary>
public sealed class MovingListTests
{
    private const int Rows = 730;

    [Theory]
    [InlineData(0, 12)]
    [InlineData(Rows, 9)]
    [InlineData(300, 13)]
    [InlineData(5_000, 15)]
    public async Task Members_ThatStandStill_CostOnePageMoreThanTheyHave(int expected, int mostRequests)
    {
        await using var list = await MovingList.StartAsync(Rows);

        var members = await list.Scene.Client.Members.ListAllAsync("acme", static member => member.Id, expected);

        Assert.Equal(list.Ids, members);
        Assert.InRange(list.Scene.Server.Requests.Count, 9, mostRequests + (expected == 0 ? 8 : 0));
    }

    /// <summary>Whoever was there before and after must be in the answer, whenever somebody else was removed.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(Rows)]
    public async Task Members_OneRemovedAtAnyMoment_HidesNobodyElse(int expected)
    {
        for (var moment = 1; moment <= 24; moment++)
        {
            await using var list = await MovingList.StartAsync(Rows);
            list.At(moment, static ids => ids.RemoveAt(50));

            var members = await list.Scene.Client.Members.ListAllAsync("acme", static member => member.Id, expected);

            Assert.Empty(list.Ids.Except(members));
        }
    }

    [Fact]
    public async Task Members_RemovedAndAddedInTheSameMoment_HidesNobodyElse()
    {
        for (var moment = 1; moment <= 16; moment++)
        {
            await using var list = await MovingList.StartAsync(Rows);
            list.At(moment, static ids =>
            {
                ids.RemoveRange(120, 3);
                ids.AddRange(["900001", "900002", "900003"]);
            });

            var members = await list.Scene.Client.Members.ListAllAsync("acme", static member => member.Id, Rows);

            Assert.Empty(list.Ids.Where(static id => id.Length == 4).Except(members));
        }
    }

    [Fact]
    public async Task Members_ThatShrinkToOnePage_AreReadToTheirNewEnd()
    {
        await using var list = await MovingList.StartAsync(40);

        var members = await list.Scene.Client.Members.ListAllAsync("acme", static member => member.Id, Rows);

        Assert.Equal(list.Ids, members);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Rows)]
    [InlineData(90)]
    [InlineData(20_000)]
    public async Task AList_IsReadInItsOrder_WhateverWasExpected(int expected)
    {
        await using var list = await MovingList.StartAsync(Rows);

        var teams = await list.Scene.Client.Teams.List("acme").ToStableListAsync(static _ => true, expected);

        Assert.Equal(list.Ids, teams.Select(static team => team.Id));
    }

    [Fact]
    public async Task AList_OfKnownSize_IsReadInTwoSteps()
    {
        await using var list = await MovingList.StartAsync(Rows);

        await list.Scene.Client.Teams.List("acme").ToStableListAsync(static _ => true, Rows);

        Assert.Equal(8, list.Scene.Server.Requests.Count);
    }

    [Fact]
    public async Task AList_FromWhichARowIsRemovedAtAnyMoment_LosesNoOther()
    {
        for (var moment = 1; moment <= 30; moment++)
        {
            await using var list = await MovingList.StartAsync(Rows);
            list.At(moment, static ids => ids.RemoveAt(50));

            var teams = await list.Scene.Client.Teams.List("acme").ToStableListAsync();

            Assert.Empty(list.Ids.Except(teams.Select(static team => team.Id)));
        }
    }

    [Fact]
    public async Task AList_ThatNeverStandsStill_IsAnError()
    {
        await using var list = await MovingList.StartAsync(Rows);
        for (var moment = 1; moment <= 100; moment++)
        {
            list.At(moment, static ids => ids.RemoveAt(5));
        }

        var failure = await Assert.ThrowsAsync<SentryException>(() => list.Scene.Client.Teams.List("acme").ToStableListAsync());

        Assert.Equal(SentryFailureKind.ListingMoved, failure.Kind);
    }

    /// <summary>A list cut by position, as Sentry's are, that changes just before an answer of one's choice.</summary>
    private sealed class MovingList : IAsyncDisposable
    {
        private readonly Lock _lock = new();
        private readonly List<string> _ids;
        private readonly Dictionary<int, Action<List<string>>> _changes = [];
        private int _answers;

        private MovingList(int rows) => _ids = [.. Enumerable.Range(1000, rows).Select(static id => $"{id}")];

        public Scene Scene { get; private set; } = null!;

        public IReadOnlyList<string> Ids => _ids;

        public static async Task<MovingList> StartAsync(int rows)
        {
            var list = new MovingList(rows);
            list.Scene = await Scene.StartAsync(list.AnswerAsync);
            return list;
        }

        public void At(int answer, Action<List<string>> change) => _changes.Add(answer, change);

        public ValueTask DisposeAsync() => Scene.DisposeAsync();

        private Task AnswerAsync(HttpContext context)
        {
            var cursor = context.Request.Query["cursor"].ToString();
            var page = cursor.Length == 0 ? 0 : int.Parse(cursor.Split(':')[1]);
            List<string> rows;
            bool more;
            lock (_lock)
            {
                if (_changes.Remove(++_answers, out var change))
                {
                    change(_ids);
                }

                rows = [.. _ids.Skip(page * 100).Take(100)];
                more = _ids.Count > (page + 1) * 100;
            }

            return Page($"[{string.Join(',', rows.Select(static id => $$"""{"id":"{{id}}"}"""))}]", more ? $"100:{page + 1}:0" : null)(context);
        }
    }
}
